"""The tensors in what operations are given and give."""

from __future__ import annotations

import torch


def tensors_in(tree):
    """The tensors with entries in what an operation is given or gives."""
    found = []
    collect((tree,), found)
    return found


# What holds no tensor, told without a second look.
NO_TENSORS = {int, float, bool, str, type(None), torch.dtype, torch.device, torch.Size, slice, type(Ellipsis)}


def collect(items, found):
    """Adds the tensors with entries in items to what was found."""
    for item in items:
        if type(item) in NO_TENSORS:
            continue
        if isinstance(item, torch.Tensor):
            if item.numel() > 0:
                found.append(item)
        elif isinstance(item, (tuple, list)):
            collect(item, found)
        elif isinstance(item, dict):
            collect(item.values(), found)


def replaced(tree, swap):
    """The same with every tensor replaced."""
    if isinstance(tree, torch.Tensor):
        return swap(tree) if tree.numel() > 0 else tree
    if type(tree) in (tuple, list):
        return type(tree)(replaced(item, swap) for item in tree)
    return {key: replaced(item, swap) for key, item in tree.items()} if type(tree) is dict else tree
