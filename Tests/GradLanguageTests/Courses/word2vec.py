import numpy as np
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / e.sum(axis=0)
text = "natural language processing and machine learning is fun and exciting"
corpus = [[word.lower() for word in text.split()]]
word_counts = {}
for row in corpus:
    for word in row:
        word_counts[word] = word_counts.get(word, 0) + 1
words_list = list(word_counts.keys())
v_count = len(words_list)
word_index = dict((word, i) for i, word in enumerate(words_list))
n = 3
rng = np.random.default_rng(7)
w1 = rng.uniform(-0.8, 0.8, (v_count, n))
w2 = rng.uniform(-0.8, 0.8, (n, v_count))
def word2onehot(word):
    word_vec = [0 for i in range(0, v_count)]
    word_vec[word_index[word]] = 1
    return word_vec
w_t = word2onehot('natural')
w_c = [word2onehot(w) for w in ['language', 'processing']]
h = np.dot(w1.T, np.array(w_t))
u = np.dot(w2.T, h)
y_c = softmax(u)
loss = -np.sum([u[word.index(1)] for word in w_c]) + len(w_c) * np.log(np.sum(np.exp(u)))
