import jax
import jax.numpy as jnp
def sigmoid(x):
    return 0.5*(jnp.tanh(x/2) + 1)
inputs = jnp.array([[0.52, 1.12, 0.77], [0.88, -1.08, 0.15], [0.52, 0.06, -1.30]])
targets = jnp.array([1.0, 0.0, 1.0])
def loss2(params_dict):
    preds = sigmoid(jnp.dot(inputs, params_dict['W']) + params_dict['b'])
    label_probs = preds*targets + (1 - preds)*(1 - targets)
    return -jnp.sum(jnp.log(label_probs))
W = jnp.array([0.3, -0.1, 0.2])
b = 0.1
value = loss2({'W': W, 'b': b})
