import numpy as np
# Kalman filter predict / update step, as in the robotics course
dt = 0.1
A = np.array([[1, dt],
              [0, 1]])
H = np.array([[1., 0]])
Q = np.diag([0.01, 0.1])
R = np.array([[0.5]])
x = np.array([[0.0], [1.0]])
P = np.eye(2)

def predict(x, P):
    x = A.dot(x)
    P = A.dot(P).dot(A.T) + Q
    return x, P

def update(x, P, z):
    y = z - H.dot(x)
    S = H.dot(P).dot(H.T) + R
    K = P.dot(H.T).dot(np.linalg.inv(S))
    x = x + K.dot(y)
    P = (np.eye(P.shape[0]) - K.dot(H)).dot(P)
    return x, P

measurements = [0.12, 0.19, 0.33]
estimates = []
for z in measurements:
    x, P = predict(x, P)
    x, P = update(x, P, z)
    estimates.append(x[0, 0])
trace = np.trace(P)
nll = 0.5 * (np.log(np.linalg.det(P)) + trace) + sum(estimates)
