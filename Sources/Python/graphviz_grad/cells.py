"""The bodies of recurrent cells, which PyTorch has as one operation: the same operations in the same order,
so that a recording shows them."""

from __future__ import annotations

import torch
from torch.nn import functional as F


def lstm_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    h, c = hx
    gates = F.linear(input, w_ih, b_ih) + F.linear(h, w_hh, b_hh)
    i, f, g, o = gates.chunk(4, 1)
    i = torch.sigmoid(i)
    f = torch.sigmoid(f)
    g = torch.tanh(g)
    o = torch.sigmoid(o)
    c_next = f * c + i * g
    h_next = o * torch.tanh(c_next)
    return h_next, c_next


def gru_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    i_r, i_z, i_n = F.linear(input, w_ih, b_ih).chunk(3, 1)
    h_r, h_z, h_n = F.linear(hx, w_hh, b_hh).chunk(3, 1)
    r = torch.sigmoid(h_r + i_r)
    z = torch.sigmoid(h_z + i_z)
    n = torch.tanh(i_n + h_n * r)
    h_next = (hx - n) * z + n
    return h_next


def rnn_tanh_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    h_next = torch.tanh(F.linear(input, w_ih, b_ih) + F.linear(hx, w_hh, b_hh))
    return h_next


def rnn_relu_cell(input, hx, w_ih, w_hh, b_ih=None, b_hh=None):
    h_next = torch.relu(F.linear(input, w_ih, b_ih) + F.linear(hx, w_hh, b_hh))
    return h_next


BODIES = {
    "lstm_cell": lstm_cell, "gru_cell": gru_cell, "rnn_tanh_cell": rnn_tanh_cell, "rnn_relu_cell": rnn_relu_cell,
}
