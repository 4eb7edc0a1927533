"""Complex numbers, which are told as pairs: with derivatives by the real and the imaginary part."""

import json
import unittest

import torch

import graphviz_grad
from told import nodes_of, numbers

EVERY = [1.0, 2.0, 4.0, 0.5]


def pairs(tensor):
    return torch.view_as_real(tensor.resolve_conj()) if tensor.is_complex() else tensor


class Complex(unittest.TestCase):
    def setUp(self):
        torch.set_default_dtype(torch.float64)
        self.addCleanup(torch.set_default_dtype, torch.float32)
        self.x = torch.tensor(EVERY, requires_grad=True)
        self.w = torch.tensor([1 + 2j, 0.5 - 1j, 2, 1j], requires_grad=True)

    def test_recorded(self):
        x, w = self.x, self.w
        with graphviz_grad.record() as r:
            X = torch.fft.fft(x)
            y = X * w + X
            z = torch.complex(x, 2 * x)
            u = torch.view_as_complex(torch.stack([x, x**2], -1))
            v = torch.view_as_real(y - u)
            p = (y * 1j).real.sum() + z.imag.sum() + torch.view_as_real(z.conj() * w).sum()
            A = torch.outer(z, w)
            q = (A @ A.mH).abs().mean() + torch.angle(y).sum() + torch.fft.ifft(A[1]).abs().sum()
            loss = v.pow(2).sum() + p + q
            wanted = {"x": x, "w": w, "X": X, "y": y, "z": z, "u": u, "v": v, "A": A}
            for one in wanted.values():
                one.retain_grad()
            loss.backward()
        nodes = nodes_of(r.trace())
        for name, one in wanted.items():
            for key, tensor in (("value", one), ("derivative", one.grad)):
                self.assertEqual(numbers(nodes[name][key]).tolist(), pairs(tensor.detach()).tolist(), (name, key))
        self.assertEqual((nodes["X"]["dtype"], nodes["X"]["shape"]), ("complex128", [4, 2]))
        edges = r.trace().document()["edges"]
        self.assertEqual(next(edge["map"] for edge in edges if edge["to"] == "z"), {
            "is": "part", "axis": 1, "from": 0, "to": 1})
        # A table of real numbers knows no operation on pairs.
        words = {node["operation"] for node in nodes.values() if node.get("dtype") == "complex128" and "operation" in node}
        self.assertLessEqual(words, {
            "fft_fft", "fft_ifft", "add", "subtract", "complex", "view_as_complex", "conj", "complex_multiply",
            "complex_outer", "complex_mH", "complex_matmul", "complex_getitem"})

    def test_a_number(self):
        c = torch.tensor(3 + 4j, requires_grad=True)
        with graphviz_grad.record() as r:
            size = (c * c).abs()
            size.backward()
        nodes = nodes_of(r.trace())
        self.assertEqual((nodes["c"]["value"], nodes["size"]["value"]), ([3, 4], 25))
        self.assertEqual(nodes["c"]["derivative"], [6, 8])

    def test_after_the_fact(self):
        w = self.w
        loss = (torch.fft.fft(self.x) * w).abs().sum()
        drawing = graphviz_grad.draw(loss)
        loss.backward()
        self.assertIn("<svg", drawing.svg())
        found = {node["name"]: node for node in json.loads(drawing.text)["nodes"]}
        self.assertEqual(numbers(found["w"]["derivative"]).tolist(), pairs(w.grad).tolist())


if __name__ == "__main__":
    unittest.main()
