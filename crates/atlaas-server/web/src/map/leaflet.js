// The parts of Leaflet that the maps use, taken one by one so that the rest is left out of the bundle.
import { Map as LeafletMap } from "leaflet/src/map/Map.js";
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.Keyboard.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";
import { Attribution } from "leaflet/src/control/Control.Attribution.js";
import { Scale } from "leaflet/src/control/Control.Scale.js";
import { Zoom } from "leaflet/src/control/Control.Zoom.js";
import * as DomUtil from "leaflet/src/dom/DomUtil.js";
import { Bounds } from "leaflet/src/geometry/Bounds.js";
import { Point } from "leaflet/src/geometry/Point.js";
import { LatLngBounds } from "leaflet/src/geo/LatLngBounds.js";
import { GridLayer } from "leaflet/src/layer/tile/GridLayer.js";
import { TileLayer } from "leaflet/src/layer/tile/TileLayer.js";
import { Renderer } from "leaflet/src/layer/vector/Renderer.js";

export {
  Attribution,
  Bounds,
  DomUtil,
  GridLayer,
  LatLngBounds,
  LeafletMap,
  Point,
  Renderer,
  Scale,
  TileLayer,
  Zoom,
};
