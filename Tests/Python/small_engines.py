"""Engines as blogs and courses write them: each is a class whose values know what they were computed from."""

import math
from typing import Callable, NamedTuple

import numpy


class Labelled:
    """Numbers with labels and a set of operands, with `_backward` as a closure."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data, self.grad, self.label = data, 0.0, label
        self._backward, self._prev, self._op = lambda: None, set(_children), _op

    def __add__(self, other):
        other = other if isinstance(other, Labelled) else Labelled(other)
        out = Labelled(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Labelled) else Labelled(other)
        out = Labelled(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __sub__(self, other):
        out = Labelled(self.data - other.data, (self, other), "-")

        def _backward():
            self.grad += out.grad
            other.grad -= out.grad

        out._backward = _backward
        return out

    def swish(self):
        s = 1 / (1 + math.exp(-self.data))
        out = Labelled(self.data * s, (self,), "swish")

        def _backward():
            self.grad += (s + self.data * s * (1 - s)) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for child in value._prev:
                    visit(child)
                order.append(value)

        visit(self)
        self.grad = 1.0
        for value in reversed(order):
            value._backward()


class Local:
    """Numbers with the partials beside a tuple of operands, and no names of operations."""

    __slots__ = ("data", "grad", "_children", "_local_grads")

    def __init__(self, data, children=(), local_grads=()):
        self.data, self.grad, self._children, self._local_grads = data, 0, children, local_grads

    def __add__(self, other):
        return Local(self.data + other.data, (self, other), (1, 1))

    def __mul__(self, other):
        return Local(self.data * other.data, (self, other), (other.data, self.data))

    def log(self):
        return Local(math.log(self.data), (self,), (1 / self.data,))

    def weird(self, other):
        return Local(self.data**2 * other.data, (self, other), (2 * self.data * other.data, self.data**2))

    def backward(self):
        order, seen = [], set()

        def visit(value):
            if value not in seen:
                seen.add(value)
                for child in value._children:
                    visit(child)
                order.append(value)

        visit(self)
        self.grad = 1
        for value in reversed(order):
            for child, local in zip(value._children, value._local_grads):
                child.grad += local * value.grad


class Words:
    """Numbers whose operations are words, whose rules are elsewhere, and whose gradients begin as None."""

    def __init__(self, data, prev=(), op=None):
        self.data, self.prev, self.op, self.grad = data, list(prev), op, None

    def __add__(self, other):
        return Words(self.data + other.data, [self, other], "add")

    def __sub__(self, other):
        return Words(self.data - other.data, [self, other], "sub")

    def __truediv__(self, other):
        return Words(self.data / other.data, [self, other], "div")

    def __pow__(self, power):
        return Words(self.data**power, [self], f"pow {power}")

    def sigmoid(self):
        return Words(1 / (1 + math.exp(-self.data)), [self], "sigmoid")

    def cube(self):
        return Words(self.data**3, [self], "cube")


class Pairs:
    """Numbers with pairs of an operand and its partial."""

    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, list(parents)

    def __add__(self, other):
        return Pairs(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        return Pairs(self.data * other.data, [(self, other.data), (other, self.data)])

    def tanh(self):
        t = math.tanh(self.data)
        return Pairs(t, [(self, 1 - t * t)])

    def backward(self, gradient=1.0):
        self.grad += gradient
        for parent, partial in self.parents:
            parent.backward(gradient * partial)


class Dependency(NamedTuple):
    tensor: "Dependent"
    grad_fn: Callable


class Dependent:
    """Arrays that depend on others, each with the function that gives it its part."""

    def __init__(self, data, depends_on=()):
        self.data, self.depends_on = numpy.asarray(data, float), list(depends_on)
        self.grad = None

    @property
    def shape(self):
        return self.data.shape

    def __matmul__(self, other):
        return Dependent(self.data @ other.data, [
            Dependency(self, lambda g: g @ other.data.T), Dependency(other, lambda g: self.data.T @ g)])

    def sum(self):
        return Dependent(self.data.sum(), [Dependency(self, lambda g: g * numpy.ones_like(self.data))])

    def tanh(self):
        t = numpy.tanh(self.data)
        return Dependent(t, [Dependency(self, lambda g: g * (1 - t * t))])

    def backward(self, grad=None):
        grad = Dependent(1.0) if grad is None else grad
        self.grad = grad if self.grad is None else Dependent(self.grad.data + grad.data)
        for dependency in self.depends_on:
            dependency.tensor.backward(Dependent(dependency.grad_fn(grad.data)))


def narrow(gradient, shape):
    """Sums a gradient over the axes that were broadcast."""
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, count in enumerate(shape):
        if count == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


class Tensor:
    """Arrays of NumPy, with broadcasting and closures."""

    def __init__(self, data, _children=(), _op=""):
        self.data = numpy.array(data, float)
        self.grad = numpy.zeros_like(self.data)
        self._prev, self._op, self._backward = tuple(_children), _op, lambda: None

    def _make(self, data, others, op, *backs):
        out = Tensor(data, (self, *others), op)

        def _backward():
            for one, back in zip((self, *others), backs):
                one.grad += narrow(back(out.grad), one.data.shape)

        out._backward = _backward
        return out

    def __add__(self, other):
        return self._make(self.data + other.data, (other,), "+", lambda g: g, lambda g: g)

    def __mul__(self, other):
        return self._make(self.data * other.data, (other,), "*", lambda g: g * other.data, lambda g: g * self.data)

    def __matmul__(self, other):
        return self._make(
            self.data @ other.data, (other,), "@", lambda g: g @ other.data.T, lambda g: self.data.T @ g)

    def __pow__(self, power):
        return self._make(self.data**power, (), f"**{power}", lambda g: g * power * self.data ** (power - 1))

    def relu(self):
        return self._make(numpy.maximum(self.data, 0), (), "ReLU", lambda g: g * (self.data > 0))

    def softmax(self):
        e = numpy.exp(self.data - self.data.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        return self._make(p, (), "softmax", lambda g: p * (g - (g * p).sum(axis=1, keepdims=True)))

    def mean(self):
        return self._make(self.data.mean(), (), "mean", lambda g: numpy.full(self.data.shape, g / self.data.size))

    def backward(self):
        order, seen = [], set()

        def visit(value):
            if id(value) not in seen:
                seen.add(id(value))
                for child in value._prev:
                    visit(child)
                order.append(value)

        visit(self)
        self.grad = numpy.ones_like(self.data)
        for value in reversed(order):
            value._backward()
