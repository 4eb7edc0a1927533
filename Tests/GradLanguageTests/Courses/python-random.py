import random

random.seed(12345678901)
a = random.random()
b = random.uniform(-1, 1)
c = random.gauss(0, 2)
d = random.normalvariate(1, 0.5)
e = random.randint(1, 6)
f = random.randrange(0, 100, 7)
g = random.choice([10, 20, 30])
xs = list(range(10))
random.shuffle(xs)
order = xs[0] + 10 * xs[1] + 100 * xs[2]
s = random.sample(range(1000), 5)
few = s[0] + 1000.0 * s[4]
t = random.sample([1, 2, 3, 4, 5], 3)
some = t[0] * 100 + t[1] * 10 + t[2]
u = random.choices([1, 2, 3], weights=[1, 1, 8], k=4)
drawn = u[0] * 1000 + u[1] * 100 + u[2] * 10 + u[3]
v = random.expovariate(2.0)
w = random.gauss(0, 1)
J = a + b + c + d + e + f + g + order + few + some + drawn + v + w
