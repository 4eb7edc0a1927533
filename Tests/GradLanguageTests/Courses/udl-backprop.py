import numpy as np
# Set seed so we always get the same random numbers
np.random.seed(0)
# Number of hidden layers
K = 3
# Number of neurons per layer
D = 4
# Input layer
D_i = 1
# Output layer
D_o = 1
# Make empty lists
all_weights = [None] * (K+1)
all_biases = [None] * (K+1)
# Create input and output layers
all_weights[0] = np.random.normal(size=(D, D_i))
all_weights[-1] = np.random.normal(size=(D_o, D))
all_biases[0] = np.random.normal(size =(D,1))
all_biases[-1]= np.random.normal(size =(D_o,1))
# Create intermediate layers
for layer in range(1,K):
  all_weights[layer] = np.random.normal(size=(D,D))
  all_biases[layer] = np.random.normal(size=(D,1))
def ReLU(preactivation):
  activation = preactivation.clip(0.0)
  return activation
def compute_network_output(net_input, all_weights, all_biases):
  K = len(all_weights) -1
  all_f = [None] * (K+1)
  all_h = [None] * (K+1)
  all_h[0] = net_input
  for layer in range(K):
      all_f[layer] = all_biases[layer] + np.matmul(all_weights[layer], all_h[layer])
      all_h[layer+1] = ReLU(all_f[layer])
  all_f[K] = all_biases[K] + np.matmul(all_weights[K], all_h[K])
  net_output = all_f[K]
  return net_output, all_f, all_h
def least_squares_loss(net_output, y):
  return np.sum((net_output-y) * (net_output-y))
def d_loss_d_output(net_output, y):
    return 2*(net_output -y)
net_input = np.ones((D_i,1)) * 1.2
net_output, all_f, all_h = compute_network_output(net_input,all_weights, all_biases)
y = np.ones((D_o,1)) * 20.0
loss = least_squares_loss(net_output, y)
print("Loss = %3.3f" % loss)
