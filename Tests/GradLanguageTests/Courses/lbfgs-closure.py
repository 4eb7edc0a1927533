import torch


def rosenbrock(v):
    return (1 - v[0]) ** 2 + 100 * (v[1] - v[0] ** 2) ** 2


x_lbfgs = torch.tensor([-1.2, 1.0], requires_grad=True)
optimizer = torch.optim.LBFGS([x_lbfgs], lr=1, max_iter=4, line_search_fn='strong_wolfe')
history = []


def closure():
    optimizer.zero_grad()
    objective = rosenbrock(x_lbfgs)
    objective.backward()
    return objective


for i in range(20):
    history.append(rosenbrock(x_lbfgs).item())
    optimizer.step(closure)
