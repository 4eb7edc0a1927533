import numpy as np

def softmax(x, axis=1):
    """Softmax activation function."""
    if x.ndim == 2:
        e = np.exp(x)
        return e / e.sum(axis=axis, keepdims=True)
    elif x.ndim > 2:
        e = np.exp(x - np.max(x, axis=axis, keepdims=True))
        s = np.sum(e, axis=axis, keepdims=True)
        return e / s
    else:
        raise ValueError('Cannot apply softmax to a tensor that is 1D')

def one_step_attention(a, s_prev, W1, b1, W2, b2):
    m, Tx, _ = a.shape
    # repeator, concatenator, densor1, densor2, activator, dotor
    s_prev = np.repeat(s_prev[:, np.newaxis, :], Tx, axis=1)
    concat = np.concatenate([a, s_prev], axis=-1)
    e = np.tanh(concat @ W1 + b1)
    energies = np.maximum(e @ W2 + b2, 0)
    alphas = softmax(energies)
    context = np.einsum('mti,mtj->mij', alphas, a)
    return context, alphas

np.random.seed(10)
m, Tx, n_a, n_s = 2, 3, 4, 3
a = np.random.uniform(1, 0, (m, Tx, 2 * n_a)).astype(np.float64)
s_prev = np.random.uniform(1, 0, (m, n_s)).astype(np.float64) * 1
W1 = np.random.normal(0, 0.5, size=(2 * n_a + n_s, 5)); b1 = np.zeros(5)
W2 = np.random.normal(0, 0.5, size=(5, 1)); b2 = np.full((1,), 0.1)
context, alphas = one_step_attention(a, s_prev, W1, b1, W2, b2)

expected_output_shape = (m, 1, 2 * n_a)
assert tuple(context.shape) == expected_output_shape, f"Wrong size. Expected: {expected_output_shape} Got: {context.shape}"
J = np.sum(context ** 2)
