// What only scripts can offer beside the results: around me, the radius slider, the list bound to the map.
import { element } from "../map/controls.js";
import { TEXTS } from "../texts.js";

/**
 * @param {HTMLElement} box hidden until now
 * @param {{limit: (on: boolean) => void, change: (changes: Record<string, string>) => void, map: any, results: any}} explorer
 */
export function addTools(box, explorer) {
  const limit = /** @type {HTMLInputElement} */ (box.querySelector("#limit"));
  const radius = /** @type {HTMLInputElement} */ (box.querySelector("#radius"));
  const output = /** @type {HTMLOutputElement} */ (box.querySelector("#radius-value"));
  const radiusBox = /** @type {HTMLElement} */ (box.querySelector("#radius-box"));
  const locate = /** @type {HTMLButtonElement} */ (box.querySelector("#locate"));
  /** @type {number[] | null} */
  let circle = null;
  const say = () => {
    output.textContent = `${radius.value} ${TEXTS.km}`;
  };

  // Whether the list follows the map: a box that was asked for once stays where it is.
  let following = limit.checked;
  limit.addEventListener("change", () => {
    following = limit.checked;
    explorer.limit(following);
  });
  radius.addEventListener("input", () => {
    say();
    if (circle) explorer.map.points.setCircle({ lon: circle[0], lat: circle[1], metres: Number(radius.value) * 1000 });
  });
  radius.addEventListener("change", () => explorer.change({ rayon: radius.value }));
  // The status is heard; this is seen.
  const failed = element("p", "tools-failed");
  failed.setAttribute("aria-hidden", "true");
  box.append(failed);
  locate.addEventListener("click", () => {
    failed.textContent = "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        explorer.change({
          lat: coords.latitude.toFixed(4),
          lon: coords.longitude.toFixed(4),
          rayon: "20",
          tri: "distance",
        }),
      () => {
        explorer.results.say(TEXTS.locationFailed);
        failed.textContent = TEXTS.locationFailed;
      },
      { maximumAge: 300_000, timeout: 15_000 },
    );
  });
  locate.hidden = !("geolocation" in navigator);
  box.hidden = false;

  return {
    /** Whether the list follows the map. */
    get limited() {
      return following;
    },
    /** @param {number[] | null} fresh longitude, latitude, kilometres @param {boolean} boxed */
    follow(fresh, boxed) {
      circle = fresh;
      failed.textContent = "";
      following &&= boxed;
      limit.checked = following;
      radiusBox.hidden = !fresh;
      if (fresh) {
        radius.value = String(Math.round(fresh[2]));
        say();
      }
    },
  };
}
