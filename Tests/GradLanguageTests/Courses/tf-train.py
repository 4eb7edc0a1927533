import tensorflow as tf
class Model:
  def __init__(self):
    self.W = tf.Variable(5.0)
    self.b = tf.Variable(0.0)
  def __call__(self, x):
    return self.W * x + self.b
model = Model()
def loss(predicted_y, target_y):
  return tf.reduce_mean(tf.square(predicted_y - target_y))
inputs = tf.constant([0.5, -1.0, 2.0])
outputs = tf.constant([3.4, -1.1, 8.2])
def train(model, inputs, outputs, learning_rate):
  with tf.GradientTape() as t:
    current_loss = loss(model(inputs), outputs)
  dW, db = t.gradient(current_loss, [model.W, model.b])
  model.W.assign_sub(learning_rate * dW)
  model.b.assign_sub(learning_rate * db)
train(model, inputs, outputs, learning_rate=0.1)
