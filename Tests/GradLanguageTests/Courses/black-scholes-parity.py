# finance: Black-Scholes with math.erf and greeks by hand
from math import log, sqrt, exp, erf, pi
def norm_cdf(x):
    return 0.5 * (1 + erf(x / sqrt(2)))
def norm_pdf(x):
    return exp(-0.5 * x ** 2) / sqrt(2 * pi)
def bs_price(S, K, T, r, sigma, option_type="call"):
    d1 = (log(S / K) + (r + sigma ** 2 / 2) * T) / (sigma * sqrt(T))
    d2 = d1 - sigma * sqrt(T)
    if option_type == "call":
        return S * norm_cdf(d1) - K * exp(-r * T) * norm_cdf(d2)
    elif option_type == "put":
        return K * exp(-r * T) * norm_cdf(-d2) - S * norm_cdf(-d1)
    else:
        raise ValueError(f"unknown type {option_type!r}")
params = dict(S=100.0, K=105.0, T=0.5, r=0.03, sigma=0.25)
call = bs_price(**params)
put = bs_price(**params, option_type="put")
parity = call - put - params["S"] + params["K"] * exp(-params["r"] * params["T"])
assert abs(parity) < 1e-9
y = call + put
