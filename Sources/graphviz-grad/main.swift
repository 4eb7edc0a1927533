print("graphviz-grad")
