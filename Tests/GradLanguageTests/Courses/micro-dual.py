class Dual:
    def __init__(self, real, eps=0.0):
        self.real, self.eps = real, eps
    def _lift(self, o):
        return o if isinstance(o, Dual) else Dual(o)
    def __add__(self, o):
        o = self._lift(o)
        return Dual(self.real + o.real, self.eps + o.eps)
    __radd__ = __add__
    def __sub__(self, o):
        return self + (-1)*o
    def __mul__(self, o):
        o = self._lift(o)
        return Dual(self.real*o.real, self.real*o.eps + self.eps*o.real)
    __rmul__ = __mul__
    def __truediv__(self, o):
        o = self._lift(o)
        return Dual(self.real/o.real, (self.eps*o.real - self.real*o.eps)/o.real**2)
    def __pow__(self, n):
        return Dual(self.real**n, n*self.real**(n-1)*self.eps)
    def __repr__(self):
        return f"{self.real} + {self.eps}e"
def f(x):
    return (x*x + 3*x - 1)/(x + 2) + x**3
x0 = 1.5
d = f(Dual(x0, 1.0))
J = d.real + 2*d.eps
