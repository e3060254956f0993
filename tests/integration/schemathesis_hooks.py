"""The check that replaces `positive_data_acceptance`: a request that the description allows is
accepted, or refused for parameters that the description says are decided by more than their form
(`x-condition`): places and terms that the snapshot must know, parameters that go together."""

import schemathesis


class RefusedWithoutCondition(AssertionError):
    """A well-formed value was refused, and the description does not say that it may be."""


@schemathesis.check
def accepted_or_told(ctx, response, case):
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 400:
        return
    conditions = {
        parameter["name"]
        for parameter in case.operation.definition.raw.get("parameters", [])
        if parameter.get("x-condition")
    }
    if "problem+json" not in response.headers["content-type"][0]:
        return  # The page of a mistaken search tells them in words.
    errors = response.json().get("errors", [])
    untold = [error["parametre"] for error in errors if error["parametre"] not in conditions]
    if untold or not errors:
        raise RefusedWithoutCondition(f"refused without a condition: {untold}: {response.text}")
