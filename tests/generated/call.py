"""A call through the client that `openapi-python-client` makes of /openapi.json: answers are objects of
the types that the description names."""

import json
import sys

from atlaas_client import Client
from atlaas_client.api.recherche import api_v1_fiches_id, api_v1_suggestions
from atlaas_client.models import Fiche, Suggestions

client = Client(base_url=sys.argv[1])

fiche = api_v1_fiches_id.sync(id="commune-13056", client=client)
assert isinstance(fiche, Fiche), fiche

suggestions = api_v1_suggestions.sync(client=client, q="martig")
assert isinstance(suggestions, Suggestions), suggestions

print(
    json.dumps(
        {
            "nom": fiche.properties.nom,
            "type": str(fiche.properties.type_),
            "premier": suggestions.territoires[0].nom,
        }
    )
)
