import math
import numpy as np

# GRADED FUNCTION: basic_sigmoid
def basic_sigmoid(x):
    """
    Compute sigmoid of x.

    Arguments:
    x -- A scalar
    """
    s = 1 / (1 + math.exp(-x))
    return s

print("basic_sigmoid(1) = " + str(basic_sigmoid(1)))

def image2vector(image):
    v = image.reshape((image.shape[0]*image.shape[1]*image.shape[2], 1))
    return v

t_image = np.array([[[ 0.67826139,  0.29380381],
                     [ 0.90714982,  0.52835647],
                     [ 0.4215251 ,  0.45017551]],

                   [[ 0.92814219,  0.96677647],
                    [ 0.85304703,  0.52351845],
                    [ 0.19981397,  0.27417313]]])
v = image2vector(t_image)
print ("image2vector(image) = " + str(image2vector(t_image)))

def normalize_rows(x):
    x_norm = np.linalg.norm(x, ord=2, axis=1, keepdims=True)
    x = x / x_norm
    return x

def softmax(x):
    x_exp = np.exp(x)
    x_sum = np.sum(x_exp, axis=1, keepdims=True)
    s = x_exp / x_sum
    return s

x = np.array([[0., 3., 4.],
              [1., 6., 4.]])
n = normalize_rows(x)
t_x = np.array([[9, 2, 5, 0, 0],
                [7, 5, 0, 0 ,0]])
sm = softmax(t_x)

import time

x1 = [9, 2, 5, 0, 0, 7, 5, 0, 0, 0, 9, 2, 5, 0, 0]
x2 = [9, 2, 2, 9, 0, 9, 2, 5, 0, 0, 9, 2, 5, 0, 0]

### CLASSIC DOT PRODUCT OF VECTORS IMPLEMENTATION ###
tic = time.process_time()
dot = 0

for i in range(len(x1)):
    dot += x1[i] * x2[i]
toc = time.process_time()
print ("dot = " + str(dot) + "\n ----- Computation time = " + str(1000 * (toc - tic)) + "ms")

def L1(yhat, y):
    loss = np.sum(np.abs(y - yhat))
    return loss
def L2(yhat, y):
    loss = np.dot(y - yhat, y - yhat)
    return loss
yhat = np.array([.9, 0.2, 0.1, .4, .9])
y = np.array([1, 0, 0, 1, 1])
loss = L1(yhat, y) + L2(yhat, y)
print("L1 = " + str(L1(yhat, y)))
