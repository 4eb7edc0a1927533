import tensorflow as tf
class Dense(tf.Module):
    def __init__(self, w, b):
        self.w = tf.Variable(w)
        self.b = tf.Variable(b)
    def __call__(self, x):
        return tf.nn.relu(tf.matmul(x, self.w) + self.b)
x = tf.constant([[1.0, -2.0], [0.5, 3.0]])
layer = Dense([[0.3, -0.1], [0.2, 0.4]], [0.1, -0.2])
with tf.GradientTape() as tape:
    y = layer(x)
    loss = tf.reduce_mean(y**2)
grad = tape.gradient(loss, [layer.w, layer.b])
