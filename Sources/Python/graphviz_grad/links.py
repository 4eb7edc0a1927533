"""Which places of the graph that autograd keeps belong to which operation, and where the ways out of them lead.

While a program runs, operations wait: what a result is and what it was computed from is known at once, and the graph
that says how stays as it is. It is read when somebody asks, which most often is after the program has run.
"""

from __future__ import annotations

from .linear import open_linear
from .private import ACCUMULATE


class Links:
    """Reads the graph for operations that wait, in the order in which they ran: what is new of it since the one before
    belongs to each."""

    def __init__(self):
        # What is to be known of values that have no operation yet, and the operations whose places in the graph are not
        # found yet.
        self.unmade, self.waiting = [], []
        # By node of the graph, the operation that it is of and its number there, None for one that stands for an operand.
        self.owner = {}

    def make(self):
        """Makes the operations of values that have none yet."""
        if self.unmade:
            unmade, self.unmade = self.unmade, []
            for known in unmade:
                self.made_of(*known)

    def settle(self):
        """Finds the places of the operations that wait."""
        self.make()
        waiting, self.waiting = self.waiting, []
        opened = {}
        for operation, edges, slots, sources, aliases, weight in waiting:
            sources = [*sources]
            slots = [*range(len(sources))] if slots is None else slots
            if weight is not None:
                transposed = open_linear(self, operation, edges, weight, sources)
                if transposed is not None:
                    opened[operation] = transposed
            if edges:
                self._find(operation, edges, slots, sources, aliases)
        if opened:
            # Each before the operation that it is a part of.
            self._operations[:] = [
                one for operation in self._operations
                for one in ((opened[operation], operation) if operation in opened else (operation,))]
            parts = {operation.values[0]: transposed.values[0] for operation, transposed in opened.items()}
            self._values[:] = [
                one for value in self._values for one in ((parts[value], value) if value in parts else (value,))]

    def _find(self, operation, edges, slots, sources, aliases):
        """Gives an operation the nodes of the graph between its values and what was known before."""
        owner, fresh, ways = self.owner, [], []
        stack = [node for node, _ in edges]
        while stack:
            node = stack.pop()
            if node is None or node in owner:
                continue
            owner[node] = operation, len(fresh)
            fresh.append(node)
            # To ask for them makes new objects.
            following = node.next_functions
            ways.append(following)
            for target, _ in following:
                if target not in owner and type(target) is not ACCUMULATE:
                    stack.append(target)
        if not fresh:
            return
        by_edge = self.by_edge
        operation.nodes, operation.links = fresh, {}
        operation.made = {
            (owner[node][1], number): by_edge[node, number] for node, number in edges if owner[node][0] is operation}
        is_one = len(edges) == 1 == len(operation.values)
        self._link(operation, slots, sources, aliases, ways, None if is_one else self._reached(operation, edges))
        operation.find_uses()

    def _reached(self, operation, edges):
        """By each new node, the values that it is on the way back from, not through another of them."""
        places, reached = set(edges), {}
        for edge in edges:
            value = self.by_edge.get(edge)
            if value is None or value.operation is not operation:
                continue
            stack, seen = [edge[0]], set()
            while stack:
                node = stack.pop()
                if node is None or node in seen or self.owner.get(node, (None,))[0] is not operation:
                    continue
                seen.add(node)
                reached.setdefault(node, []).append(value)
                stack.extend(n for n, number in node.next_functions if (n, number) not in places)
        return reached

    def _link(self, operation, slots, sources, aliases, ways, reached):
        """Finds the operands that the ways out of the nodes of an operation lead to; `reached` says which values the
        nodes belong to, None that all belong to the only one."""
        own, places, by_edge, links = operation.values, {}, self.by_edge, operation.links
        user = own[0] if len(own) == 1 else None
        for number, edges in enumerate(ways):
            if reached is not None:
                users = reached.get(operation.nodes[number], ())
                user = users[0] if len(users) == 1 else None
            for way, edge in enumerate(edges):
                value = by_edge.get(edge)
                if value is None:
                    target = edge[0]
                    if type(target) is not ACCUMULATE:  # It lies inside the operation, or asks for no gradient.
                        continue
                    value = self._leaf(target.variable, sources)
                if value.operation is operation and value in own or value not in sources:
                    # A value made of another of the same operation: h = o * tanh(c). Or one that the call did not show.
                    slot = self._operand(operation, slots, sources, value)
                elif aliases and edge[0] in aliases:
                    slot = aliases[edge[0]]
                else:
                    # The operand that stands there; of several alike, one after the other, and the last again.
                    place = places.get(value, 0)
                    try:
                        place = sources.index(value, place)
                    except ValueError:
                        place -= 1
                    places[value], slot = place + 1, slots[place]
                value.uses += 1
                links[number, way] = slot, user

    def _leaf(self, tensor, sources):
        """The value of a leaf that an operation was given, as it was then, or of one that it did not show."""
        key = id(tensor)
        for value in sources:
            if value.leaf == key:
                return value
        return self.value_of(tensor)

    @staticmethod
    def _operand(operation, slots, sources, value):
        """Another operand, which the call did not show; its number."""
        for slot, operand in enumerate(operation.operands):
            if operand is value:
                return slot
        operation.operands.append(value)
        slots.append(len(operation.operands) - 1)
        sources.append(value)
        operation.unshown = (*operation.unshown, slots[-1])
        return slots[-1]
