"""The campaigns, in the order in which they run."""

from drilling.campaigns import commands, damage, disk, http, inputs, kills, sql, surroundings
from drilling.cases import Campaign

CAMPAIGNS = [
    Campaign("kills", kills.cases),
    Campaign("disk", disk.cases),
    Campaign("inputs", inputs.cases),
    Campaign("damage", damage.cases),
    Campaign("sql", sql.cases),
    Campaign("http", http.cases),
    Campaign("commands", commands.cases),
    Campaign("surroundings", surroundings.cases),
]
