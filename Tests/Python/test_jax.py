"""Functions of JAX, recorded by their jaxpr, against JAX's own gradients and published numbers."""

import unittest

import jax
import jax.numpy as jnp
import numpy as np

import graphviz_grad
from graphviz_grad import GradError
from tensors import CASES, arguments, functions
from told import called, calls_of, nodes_of, numbers

jax.config.update("jax_enable_x64", True)
random = np.random.default_rng(7)


class Loops(unittest.TestCase):
    """Results of loops and choices have the names of the program, and their operations its words."""

    def told(self, function, x):
        nodes = nodes_of(graphviz_grad.trace(function, x)).values()
        return [
            (node["name"], node["operation"]) for node in nodes
            if node["kind"] == "operation" and node["name"] not in (None, "out")]

    def test_fori_loop(self):
        def one(x):
            y = jax.lax.fori_loop(0, 3, lambda i, v: v * jnp.sin(v) + i, x)
            return y * y

        def two(x):
            a, b = jax.lax.fori_loop(0, 3, lambda i, v: (v[0] * v[1], v[1] + 1.0), (x, 2.0))
            return a * b * x

        self.assertEqual(self.told(one, 0.7), [("y", "fori_loop")])
        self.assertEqual(self.told(two, 0.7), [("a", "fori_loop[0]"), ("b", "fori_loop[1]")])

    def test_scan(self):
        def pair(w):
            (h, c), _ = jax.lax.scan(lambda s, x: ((jnp.tanh(w * s[0] + x), s[1] + s[0]), None), (0.5, 0.1), jnp.ones(3))
            return h + c

        def carried(w):
            state, ys = jax.lax.scan(lambda s, x: ((w * s[0] + x, s[1] + s[0]), s[0]), (0.5, 0.1), jnp.ones(3))
            return state[0] + state[1] + ys[0]

        def last(w):
            _, ys = jax.lax.scan(lambda s, x: (w * s + x, s), 1.0, jnp.ones(3))
            return ys.sum()

        def whole(w):
            both = jax.lax.scan(lambda s, x: (w * s + x, s), 1.0, jnp.ones(3))
            return both[1].sum() * both[0]

        self.assertEqual(self.told(pair, 0.7), [("h", "scan[0]"), ("c", "scan[1]")])
        self.assertEqual(self.told(carried, 0.7), [("state[0]", "scan[0]"), ("state[1]", "scan[1]"), ("ys", "scan[2]")])
        self.assertEqual(self.told(last, 0.7), [("ys", "scan")])
        self.assertEqual(self.told(whole, 0.7), [("both[0]", "scan[0]"), ("both[1]", "scan[1]")])

    def test_a_loop_that_nobody_differentiates(self):
        def solved(a):
            n, _ = jax.lax.while_loop(lambda s: s[0] < 3, lambda s: (s[0] + 1, s[1] * 2), (0, a))
            y = a * n
            return y * y

        def constant(a):
            root = jax.lax.while_loop(lambda s: abs(s * s - 2) > 1e-6, lambda s: (s + 2 / s) / 2, 1.0)
            return a * root

        self.assertEqual(self.told(solved, 1.5), [("n", "while_loop"), ("y", "multiply")])
        self.assertEqual(self.told(constant, 1.5), [("root", "while_loop")])

    def test_one_line_of_several_operations_is_one_value(self):
        def activated(x):
            h = jax.nn.gelu(x)
            return h * h

        self.assertEqual(self.told(activated, 0.7), [("h", "multiply")])

    def test_choices(self):
        def chosen(x):
            y = jax.lax.switch(1, [jnp.sin, jnp.cos], x)
            z = jax.lax.cond(x > 0, lambda q: q**2, lambda q: -q, y)
            return z + 1

        self.assertEqual(self.told(chosen, 0.7), [("y", "switch"), ("z", "cond")])


class Published(unittest.TestCase):
    def test_numbers(self):
        for name, function in functions(jnp, jax.nn.sigmoid, jax.nn.softmax).items():
            case = CASES[name]
            inputs, chosen = arguments(case, jnp.array)
            trace = graphviz_grad.trace(function, *inputs, argnums=chosen)
            nodes_of(trace)
            told = called(trace)
            for key, expected in case["expected"].items():
                with self.subTest(name=name, key=key):
                    np.testing.assert_allclose(numbers(told[key]["value"]), expected["value"], 1e-12, 1e-13)
                    if expected["derivative"] is None:
                        self.assertIsNone(told[key]["derivative"])
                    else:
                        own = numbers(told[key]["derivative"])
                        np.testing.assert_allclose(own, expected["derivative"], 1e-11, 1e-12)


def layer(W, b, x):
    z = x @ W + b
    return jax.nn.relu(z)


def cross_entropy(logits, y):
    logp = jax.nn.log_softmax(logits)
    return -jnp.mean(jnp.sum(jax.nn.one_hot(y, 3) * logp, axis=-1))


def network(params, x, y):
    for W, b in params["layers"]:
        x = layer(W, b, x)
    logits = x @ params["out"]["W"] + params["out"]["b"]
    loss = cross_entropy(logits, y)
    return loss


@jax.jit
def dense(x, W):
    return jnp.tanh(x @ W)


@jax.custom_vjp
def other(x):
    return x * 3


other.defvjp(lambda x: (x * 3, None), lambda kept, g: (g * 7,))


class Structure(unittest.TestCase):
    def test_names_calls_and_gradients_of_a_network(self):
        params = {
            "layers": [(random.normal(size=(2, 4)), np.zeros(4)), (random.normal(size=(4, 4)), np.ones(4))],
            "out": {"W": random.normal(size=(4, 3)), "b": np.zeros(3)}}
        x, y = random.normal(size=(5, 2)), np.array([0, 1, 2, 1, 0])
        trace = graphviz_grad.trace(network, params, x, y, argnums=0)
        nodes_of(trace)
        told = called(trace)
        self.assertEqual(
            [name.removeprefix("params.") for name in told if name.startswith("params")],
            ["layers[0][0]", "layers[0][1]", "layers[1][0]", "layers[1][1]", "out.W", "out.b"])
        self.assertLessEqual({"z", "x", "logits", "logp", "loss"}, set(told))
        self.assertEqual(calls_of(trace), ["cross_entropy#1", "layer#1", "layer#2", "log_softmax#1", "mean#1", "one_hot#1"])
        expected = jax.grad(network)(params, x, y)
        np.testing.assert_allclose(numbers(told["params.out.W"]["derivative"]), expected["out"]["W"], 1e-12)
        np.testing.assert_allclose(numbers(told["params.layers[0][1]"]["derivative"]), expected["layers"][0][1], 1e-12)
        self.assertTrue(told["x"].get("call") == ["layer#2"])

    def test_a_jitted_function_is_a_call(self):
        def function(x, W):
            h = dense(x, W)
            h = dense(h, W)
            return jnp.sum(h)

        arguments = random.normal(size=(3, 2)), random.normal(size=(2, 2))
        for whole in (function, jax.jit(function)):
            trace = graphviz_grad.trace(whole, *arguments)
            nodes = nodes_of(trace)
            self.assertEqual(calls_of(trace), ["dense#1", "dense#2"])
            self.assertEqual([node for node in nodes if node.startswith("h")], ["h", "h@2"])

    def test_a_loop_makes_versions(self):
        def function(x, n):
            for i in range(n):
                x = jnp.tanh(x)
            return x.mean()

        trace = graphviz_grad.trace(function, np.ones(3), 3)
        self.assertEqual([node for node in nodes_of(trace) if node.startswith("x")], ["x", "x@2", "x@3", "x@4"])

    def test_a_lambda_has_the_names_of_its_arguments(self):
        nodes = nodes_of(graphviz_grad.trace(lambda a, b, c: 3 * (a + b * c), 5.0, 3.0, 2.0, engine="jax"))
        self.assertEqual([nodes[name]["derivative"] for name in "abc"], [3, 6, 9])

    def test_numbers_that_a_program_makes_are_inputs(self):
        def loss(m, x, key):
            noise = jax.random.normal(key, (2,))
            h0 = jnp.zeros(2)
            scale = jnp.ones(2) * 3
            steps = jnp.arange(2.0)
            twice = steps * 2
            return jnp.sum((m + jnp.exp(x) * noise - h0) * scale * twice)

        key, m, x = jax.random.PRNGKey(1), np.ones(2), np.array([0.5, -1.0])
        trace = graphviz_grad.trace(lambda m, x: loss(m, x, key), m, x)
        nodes_of(trace)
        found = called(trace)
        self.assertEqual(
            {name for name, node in found.items() if node["kind"] == "input"}, {"m", "x", "noise", "h0", "scale", "steps"})
        np.testing.assert_allclose(numbers(found["noise"]["value"]), jax.random.normal(key, (2,)))
        self.assertEqual(found["twice"]["operation"], "multiply")
        # One call that is all there is says nothing.
        self.assertEqual(calls_of(trace), [])

    def test_keys_that_are_given(self):
        def loss(w, x, key):
            first, second = jax.random.split(key)
            keep = jax.random.bernoulli(first, 0.5, x.shape)
            noise = 0.1 * jax.random.normal(second, x.shape)
            return ((jnp.where(keep, x / 0.5, 0.0) + noise) @ w).sum()

        w, x = np.array([0.5, -1.0, 2.0]), np.array([1.0, 2.0, 3.0])
        for key in jax.random.PRNGKey(4), jax.random.key(4):
            trace = graphviz_grad.trace(loss, w, x, key)
            found = called(trace)
            nodes_of(trace)
            self.assertEqual(
                {name for name, node in found.items() if node["kind"] == "input"}, {"w", "x", "keep", "noise"})
            np.testing.assert_allclose(numbers(found["x"]["derivative"]), jax.grad(loss, 1)(w, x, key))
            # The sum of a number is that number.
            self.assertEqual(found["out"]["operation"], "matmul")

    def test_a_step_of_an_optimiser(self):
        def loss(params, x, y):
            pred = x @ params["w"] + params["b"]
            return jnp.mean((pred - y) ** 2)

        def after(params, x, y):
            value, grads = jax.value_and_grad(loss)(params, x, y)
            new = jax.tree_util.tree_map(lambda p, g: p - 0.1 * g, params, grads)
            return loss(new, x, y)

        params, x, y = {"w": np.array([0.5, -0.3]), "b": np.array(0.1)}, np.array([[1.0, 2.0], [3.0, -1.0]]), np.ones(2)
        trace = graphviz_grad.trace(after, params, x, y, argnums=0)
        nodes, want = nodes_of(trace), jax.grad(after)(params, x, y)
        for name in "wb":
            np.testing.assert_allclose(numbers(nodes[f"params.{name}"]["derivative"]), want[name])
        named = [(node["name"], (node.get("call") or [None])[0]) for node in nodes.values() if node["kind"] == "operation" and node["name"]]
        self.assertEqual(
            named, [("pred", "grad#1"), ("new", None), ("new", None), ("pred", "loss#1"), ("out", "loss#1")])

    def test_what_differentiates_is_a_call(self):
        def f(v):
            return jnp.sum(jnp.sin(v) * v)

        def along(w):
            return jax.jvp(jax.grad(f), (w,), (jnp.ones_like(w),))[1].sum()

        def back(w):
            y, pull = jax.vjp(f, w)
            return y + pull(1.0)[0].sum()

        def square(w):
            return (jax.hessian(f)(w) ** 2).sum()

        w = np.array([0.5, 1.2])
        for function, call in (along, "jvp#1"), (back, "vjp#1"), (square, "jacobian#1"):
            with self.subTest(call):
                trace = graphviz_grad.trace(function, w)
                np.testing.assert_allclose(numbers(nodes_of(trace)["w"]["derivative"]), jax.grad(function)(w), rtol=1e-9)
                self.assertIn(call, calls_of(trace))
                self.assertFalse({"f#1", "grad#1"} & {*calls_of(trace)})

    def test_a_checkpoint_is_the_call_of_its_function(self):
        @jax.checkpoint
        def block(w, x):
            return jnp.cos(jnp.sin(w @ x)) * x

        trace = graphviz_grad.trace(lambda w, x: block(w, block(w, x)).sum(), np.eye(2) * 0.3, np.array([0.1, 0.2]))
        nodes_of(trace)
        self.assertEqual(calls_of(trace), ["block#1", "block#2"])

    def test_scopes_are_calls(self):
        def function(x):
            with jax.named_scope("block"):
                y = jnp.sin(x)
                y = y * x
            return jnp.sum(y)

        self.assertEqual(calls_of(graphviz_grad.trace(function, np.ones(2))), ["block#1"])


class Rules(unittest.TestCase):
    def check(self, function, *arguments):
        nodes = nodes_of(graphviz_grad.trace(function, *arguments, argnums=0))
        expected = jax.grad(function)(*arguments)
        first = next(node for node in nodes.values() if node["derivative"] is not None)
        np.testing.assert_allclose(numbers(first["derivative"]), expected, 1e-10, 1e-12)
        return nodes

    def test_kinks_are_those_of_jax(self):
        # The table has other derivatives of max and abs at 0 than JAX.
        nodes = self.check(lambda x: jnp.sum(jax.nn.relu(x)), np.array([-1.0, 0.0, 2.0]))
        self.assertEqual(nodes["x"]["derivative"], [0, 0, 1])
        self.check(lambda x: jnp.sum(jnp.maximum(x, 0)) + jnp.sum(jnp.abs(x)), np.array([-1.0, 0.0, 2.0]))
        self.check(lambda x: jnp.maximum(x, 0.0) * 2 + jax.nn.relu(x), 0.0)

    def test_rules_of_ones_own(self):
        nodes = self.check(lambda x: jnp.sum(other(x)), np.array([1.0, 2.0]))
        self.assertEqual(nodes["x"]["derivative"], [7, 7])

    def test_a_rule_that_is_not_linear(self):
        @jax.custom_vjp
        def limited(x):
            return x * 2

        limited.defvjp(lambda x: (x * 2, None), lambda _, given: (jnp.clip(given, -0.1, 0.1),))
        self.check(lambda x: (limited(x) ** 2).sum(), np.array([1.0, 2.0]))
        self.check(lambda x: limited(x[0]) ** 2, np.array([1.0]))

    def test_mapped_functions(self):
        x = random.normal(size=(5, 3))
        self.check(lambda W: (jax.vmap(lambda row: jnp.tanh(row @ W).sum())(x) ** 2).mean(), random.normal(size=(3, 4)))

    def test_several_names_for_several_values(self):
        def f(x):
            a, b = jnp.sin(x), jnp.cos(x)
            return (a * b).sum()

        nodes = self.check(f, np.array([0.1, 0.2]))
        self.assertEqual((nodes["a"]["operation"], nodes["b"]["operation"]), ("sin", "cos"))

    def test_a_mask_of_fewer_axes(self):
        mask = jnp.tril(jnp.ones((4, 4))) > 0
        self.check(lambda s: (jax.nn.softmax(jnp.where(mask, s, -1e9)) ** 2).sum(), random.normal(size=(2, 4, 4)))
        self.check(lambda s: jnp.where(mask[0], s, s[:, :1] * 2).sum() + jnp.clip(s, s[0] - 1, 1).sum(), random.normal(size=(3, 4)))

    def test_parts_of_an_array(self):
        def mixed(x):
            a, b = jnp.split(x, 2, axis=1)
            c, d, e = jnp.split(x, [1, 3], axis=1)
            u, v = jnp.unstack(x)
            return jnp.sum(a * b) + jnp.sum(u * v) + jnp.sum(d ** 2 * c) + jnp.sum(e)

        x = jnp.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])
        trace = graphviz_grad.trace(mixed, x)
        nodes = nodes_of(trace)
        np.testing.assert_allclose(numbers(nodes["x"]["derivative"]), jax.grad(mixed)(x), 1e-12)
        maps = [edge["map"].get("index") for edge in trace.document()["edges"] if edge.get("map", {}).get("is") == "select"]
        self.assertEqual(maps, [":, 0:2", ":, 2:4", ":, 0:1", ":, 1:3", ":, 3:4", "0", "1"])
        self.assertTrue(all(node["value"] is not None for node in nodes.values()))

    def test_complex_numbers_are_pairs(self):
        def f(x, r, i):
            y = jnp.fft.fft(x) * (r + 1j * i)
            return jnp.abs(y).sum()

        x, r, i = np.array([1.0, 2.0, 4.0]), np.array([0.5, -1.0, 2.0]), np.array([1.0, 0.0, -3.0])
        nodes = self.check(f, x, r, i)
        y = np.fft.fft(x) * (r + 1j * i)
        # The derivatives by both parts.
        np.testing.assert_allclose(numbers(nodes["y"]["value"]), np.stack([y.real, y.imag], -1), 1e-12)
        back = y / abs(y)
        np.testing.assert_allclose(numbers(nodes["y"]["derivative"]), np.stack([back.real, back.imag], -1), 1e-12)
        self.assertEqual((nodes["y"]["dtype"], nodes["y"]["operation"]), ("complex128", "complex_mul"))

    def test_conditions_and_loops_stay_closed(self):
        nodes = self.check(lambda x: jax.lax.cond(x > 1, lambda x: x**2, lambda x: -x, x), 2.0)
        self.assertIn("cond", {node.get("operation") for node in nodes.values()})

    def test_operations(self):
        x, E, i = np.array([0.3, 1.2, -0.7, 2.1]), random.normal(size=(5, 2)), np.array([1, 3, 1])
        key, spread = jax.random.key(0), jnp.eye(4)
        for function in [
            lambda x: x[3] * x[-1] + jnp.sum(x[1:3]) + jnp.sum(x[::2]) + jnp.sum(x[np.array([0, 2])]),
            lambda x: jnp.sum(jnp.concatenate([x, x * x]).reshape(2, -1).T[1]) + jnp.sum(jnp.stack([x, x])),
            lambda x: jnp.var(x) + jnp.std(x) + jnp.max(x) + jnp.prod(x) + jnp.linalg.norm(x),
            lambda x: jnp.sum(jax.nn.softmax(x) * x) + jnp.sum(jax.nn.log_softmax(x)) + jax.scipy.special.logsumexp(x),
            lambda x: jnp.sum(jax.nn.gelu(x) + jax.nn.silu(x) + jnp.clip(x, 0, 1) + jnp.where(x > 0, x, 0.1 * x)),
            lambda x: jnp.sum(jnp.where(jax.random.bernoulli(key, 0.5, x.shape), x, 0)),
            lambda x: jnp.sum(jnp.einsum("i,j->ij", x, x)) + jnp.sum(jnp.outer(x, x) @ x) + jnp.vdot(x, x),
            lambda x: jnp.sum(jnp.pad(x, (1, 2))) + jnp.sum(jnp.cumsum(x) * jnp.flip(x)) + jnp.sum(jnp.sort(x)[1:]),
            lambda x: jnp.sum(jnp.abs(x) ** 2.5) + jnp.sum(x**3) + jnp.sum(x**-1) + jnp.sum(jnp.square(x)),
            lambda x: jnp.sum(x.at[1].set(0.0)) + jnp.sum(jnp.square(jax.lax.stop_gradient(x)) * x),
            lambda x: jnp.linalg.det(jnp.outer(x, x) + spread) + jnp.sum(jnp.linalg.solve(jnp.outer(x, x) + spread, x)),
            lambda x: jnp.sum(jax.vmap(lambda q: q * jnp.sin(q))(x)) + jnp.sum(jax.checkpoint(jnp.sin)(x)),
            lambda x: jnp.arctan2(x[0], 2.0) + jnp.log1p(x[1]) * jnp.exp2(x[2]) / jnp.hypot(x[0], x[3]),
        ]:
            self.check(function, x)
        self.check(lambda E, i: jnp.sum(E[i] * 2) + jnp.mean(E, axis=0)[1], E, i)

    def test_images(self):
        def function(image, kernel, b):
            y = jax.lax.conv_general_dilated(image, kernel, (1, 1), [(1, 1), (1, 1)]) + b[None, :, None, None]
            window = (1, 1, 2, 2)
            return jnp.mean(jax.lax.reduce_window(jax.nn.relu(y), -jnp.inf, jax.lax.max, window, window, "VALID") ** 2)

        image, kernel = random.normal(size=(2, 1, 6, 6)), random.normal(size=(3, 1, 3, 3))
        self.check(function, image, kernel, np.zeros(3))

    def test_products_masks_and_labels_say_what_they_are_of(self):
        def function(q, k, y):
            s = jnp.einsum("id,jd->ij", q, k)
            m = jnp.tril(jnp.ones((3, 3), bool))
            s = jnp.where(m, s, -1.0)
            rows = jax.vmap(lambda row: q @ row)(k)
            return jnp.sum(s * jax.nn.one_hot(y, 3)) + jnp.sum(rows)

        q, k, y = random.normal(size=(3, 2)), random.normal(size=(3, 2)), np.array([2, 0, 1])
        self.check(function, q, k, y)
        trace = graphviz_grad.trace(function, q, k, y)
        self.assertEqual(
            sorted(node["operation"] for node in trace.nodes if "einsum" in node.get("operation", "")),
            ["einsum[ij,kj→ik]", "einsum[ij,kj→ik]"])
        where = next(node["id"] for node in trace.nodes if node.get("operation") == "where")
        self.assertEqual([edge["from"] for edge in trace.edges if edge["to"] == where][:2], ["m", "s"])
        # The labels lead to the result.
        self.assertTrue(any(edge["from"] == "y" for edge in trace.edges))

    def test_single_precision(self):
        x = jnp.array([0.1, 0.2], jnp.float32)
        trace = graphviz_grad.trace(lambda x: jnp.sum(x * x), x)
        nodes_of(trace)
        node = trace.document()["nodes"][0]
        self.assertEqual((node["value"], node["dtype"]), ([0.1, 0.2], "float32"))


class Refusals(unittest.TestCase):
    def test_by_name(self):
        def doubled(x):
            return jax.lax.while_loop(lambda c: c < 10, lambda c: c * 2, x)

        for function, given, message in [
            (doubled, (2.0,), "JAX cannot differentiate 'while'"),
            (jax.value_and_grad(lambda x: x * x), (2.0,), "returns 2 values"),
            (lambda x: x * 2, (np.ones(3),), r"an array of the shape \(3,\)"),
            (lambda x: x * 2, (3,), "write 3.0 for 3"),
            (lambda x: 3.0, (2.0,), "does not depend"),
        ]:
            with self.subTest(message=message), self.assertRaisesRegex(GradError, message):
                graphviz_grad.trace(function, *given, engine="jax")

    def test_an_array_does_not_know_its_graph(self):
        with self.assertRaisesRegex(GradError, r"graphviz_grad\.trace\(f, \*args\) runs f"):
            graphviz_grad.draw(jnp.ones(2).sum())


if __name__ == "__main__":
    unittest.main()
