from math import log, sqrt, pi, exp
from scipy.stats import norm
import numpy as np
def d1(S,K,T,r,sigma):
    return(log(S/K)+(r+sigma**2/2.)*T)/(sigma*sqrt(T))
def d2(S,K,T,r,sigma):
    return d1(S,K,T,r,sigma)-sigma*sqrt(T)
def bs_call(S,K,T,r,sigma):
    return S*norm.cdf(d1(S,K,T,r,sigma))-K*exp(-r*T)*norm.cdf(d2(S,K,T,r,sigma))
def bs_put(S,K,T,r,sigma):
    return K*exp(-r*T)-S+bs_call(S,K,T,r,sigma)
def call_delta(S,K,T,r,sigma):
    return norm.cdf(d1(S,K,T,r,sigma))
def call_vega(S,K,T,r,sigma):
    return S*norm.pdf(d1(S,K,T,r,sigma))*sqrt(T)
S, K, T, r, sigma = 100., 105., 0.5, 0.03, 0.25
delta = call_delta(S, K, T, r, sigma)
vega = call_vega(S, K, T, r, sigma)
# by hand: S delta, sigma vega
price = bs_call(S,K,T,r,sigma)
