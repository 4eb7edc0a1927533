# Deep Learning with PyTorch (Stevens): thermometer, training loop function
import numpy as np
import torch
torch.set_printoptions(edgeitems=2, linewidth=75)
torch.set_default_dtype(torch.float64)
t_c = torch.tensor([0.5, 14.0, 15.0, 28.0, 11.0, 8.0, 3.0, -4.0, 6.0, 13.0, 21.0])
t_u = torch.tensor([35.7, 55.9, 58.2, 81.9, 56.3, 48.9, 33.9, 21.8, 48.4, 60.4, 68.4])
t_un = 0.1 * t_u
def model(t_u, w, b):
    return w * t_u + b
def loss_fn(t_p, t_c):
    squared_diffs = (t_p - t_c) ** 2
    return squared_diffs.mean()
n_samples = t_u.shape[0]
n_val = int(0.2 * n_samples)
train_indices = torch.arange(n_samples)[:-n_val]
val_indices = torch.arange(n_samples)[-n_val:]
train_t_u = t_un[train_indices]
train_t_c = t_c[train_indices]
val_t_u = t_un[val_indices]
val_t_c = t_c[val_indices]
params = torch.tensor([1.0, 0.0], requires_grad=True)
def training_loop(n_epochs, params, train_t_u, val_t_u, train_t_c, val_t_c):
    for epoch in range(1, n_epochs + 1):
        train_t_p = model(train_t_u, *params)
        train_loss = loss_fn(train_t_p, train_t_c)
        with torch.no_grad():
            val_t_p = model(val_t_u, *params)
            val_loss = loss_fn(val_t_p, val_t_c)
            assert val_loss.requires_grad == False
        train_loss.backward()
        if epoch <= 3 or epoch % 500 == 0:
            print(f"Epoch {epoch}, Training loss {train_loss.item():.4f},"
                  f" Validation loss {val_loss.item():.4f}")
    return params
training_loop(n_epochs=1, params=params, train_t_u=train_t_u, val_t_u=val_t_u, train_t_c=train_t_c, val_t_c=val_t_c)
