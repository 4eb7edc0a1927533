# by hand: w dl_dw, b dl_db
import tensorflow as tf
x = tf.constant([[1.0, 2.0, 3.0]])
w = tf.Variable([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]], name='w')
b = tf.Variable(tf.zeros(2, dtype=tf.float32), name='b')
with tf.GradientTape(persistent=True) as tape:
  y = x @ w + b
  loss = tf.reduce_mean(y**2)
[dl_dw, dl_db] = tape.gradient(loss, [w, b])
print(w.shape)
print(dl_dw.shape)
