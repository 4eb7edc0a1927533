import jax
import jax.numpy as jnp


def predict(params, x):
    return jnp.tanh(jnp.dot(x, params["w"]) + params["b"])


def loss_fn(params, x, y):
    return jnp.mean((predict(params, x) - y) ** 2)


def update(params, x, y, lr=0.1):
    grads = jax.grad(loss_fn)(params, x, y)
    return {k: params[k] - lr * grads[k] for k in params}


params = {"w": jnp.array([0.5, -0.3]), "b": jnp.array(0.1)}
x = jnp.array([[1.0, 2.0], [3.0, 4.0], [0.5, -1.0]])
y = jnp.array([1.0, 2.0, 0.5])
loss = loss_fn(params, x, y)
grads = jax.grad(loss_fn)(params, x, y)
