# by hand: params[0][0] grads[0][0], params[0][1] grads[0][1], params[1][0] grads[1][0], params[1][1] grads[1][1]
import jax.numpy as jnp
from jax import grad, value_and_grad
def predict(params, inputs):
  for W, b in params:
    outputs = jnp.dot(inputs, W) + b
    inputs = jnp.tanh(outputs)
  return outputs
def loss(params, batch):
  inputs, targets = batch
  preds = predict(params, inputs)
  return jnp.mean((preds - targets) ** 2)
params = [(jnp.array([[0.1, 0.2], [0.3, -0.4]]), jnp.array([0.0, 0.1])),
          (jnp.array([[0.5], [-0.6]]), jnp.array([0.2]))]
batch = (jnp.array([[1.0, 2.0], [-1.0, 0.5]]), jnp.array([[1.0], [0.0]]))
value, grads = value_and_grad(loss)(params, batch)
