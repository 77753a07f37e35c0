"""
Search over arrays: shortest paths, exact Pareto sets, also over time, routes that differ, detours.

Nothing here knows incidents, hubs or movements. A path is an array of arc numbers in the caller's
order; every cost is a whole number; equal input gives equal output.
"""

from cmcoord_geo.routing.bidirectional import path_between, shortest_path
from cmcoord_geo.routing.dijkstra import NO_ARC, UNREACHABLE, PathTree, distances, path_tree
from cmcoord_geo.routing.diverse import DiverseChoice, Recorded, SetAside, choose_diverse
from cmcoord_geo.routing.end_trees import EndTrees
from cmcoord_geo.routing.graph import ArcGraph
from cmcoord_geo.routing.landmarks import Landmarks
from cmcoord_geo.routing.losses import Losses, loss_costs
from cmcoord_geo.routing.matrix import cost_matrix
from cmcoord_geo.routing.min_cut import MinCut, min_cut
from cmcoord_geo.routing.option_figures import OptionFigures, option_figures, trip_figures
from cmcoord_geo.routing.pareto import ParetoPaths, pareto_paths
from cmcoord_geo.routing.replacement import Replacements, replacement_costs
from cmcoord_geo.routing.stretch import stretch_limit
from cmcoord_geo.routing.timed_arcs import TimedArcs, WindowClass
from cmcoord_geo.routing.timed_search import TimedPaths, timed_paths
from cmcoord_geo.routing.turns import TurnGraph, without_turns
from cmcoord_geo.routing.via import ViaPath, single_via_paths
from cmcoord_geo.routing.via_points import JoinedFront, joined_front, undominated
from cmcoord_geo.routing.weighted import WeightedGraph

__all__ = [
    "NO_ARC",
    "UNREACHABLE",
    "ArcGraph",
    "DiverseChoice",
    "EndTrees",
    "JoinedFront",
    "Landmarks",
    "Losses",
    "MinCut",
    "OptionFigures",
    "ParetoPaths",
    "PathTree",
    "Recorded",
    "Replacements",
    "SetAside",
    "TimedArcs",
    "TimedPaths",
    "TurnGraph",
    "ViaPath",
    "WeightedGraph",
    "WindowClass",
    "choose_diverse",
    "cost_matrix",
    "distances",
    "joined_front",
    "loss_costs",
    "min_cut",
    "option_figures",
    "pareto_paths",
    "path_between",
    "path_tree",
    "replacement_costs",
    "shortest_path",
    "single_via_paths",
    "stretch_limit",
    "timed_paths",
    "trip_figures",
    "undominated",
    "without_turns",
]
