"""Records public models with random weights, and checks every derivative and every sum of contributions.

    pip install torch torchvision transformers
    PYTHONPATH=Sources/Python python3 Tests/Scripts/public_models.py .build/debug/graphviz-grad [all] [FOLDER]

Each model runs in a process of its own: once in double precision, where the derivative of every value must be what
`retain_grad` keeps, and the contributions must sum to it; once as it is, for the time and the memory of recording;
then it is drawn folded. Without `all` a few models are taken; a folder keeps the figures.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from common import check, finish

VISION = [
    "alexnet", "convnext_tiny", "densenet121", "efficientnet_b0", "efficientnet_v2_s", "googlenet", "inception_v3",
    "maxvit_t", "mnasnet0_5", "mobilenet_v2", "mobilenet_v3_small", "regnet_y_400mf", "resnet18", "resnet50",
    "resnext50_32x4d", "shufflenet_v2_x0_5", "squeezenet1_1", "swin_t", "vgg11_bn", "vit_b_16"]
LANGUAGE = ["bert", "gpt2", "t5"]
# Those of other sizes than small images.
SIZES = {"inception_v3": 299, "maxvit_t": 224, "vit_b_16": 224}
FEW = ["googlenet", "mobilenet_v3_small", "resnet18", "shufflenet_v2_x0_5", *LANGUAGE]


def vision(name):
    """The loss of a model of torchvision for two small images or a larger one, as a function."""
    import torch
    import torchvision

    options = {"init_weights": False} if name in ("googlenet", "inception_v3") else {}
    net = getattr(torchvision.models, name)(weights=None, num_classes=10, **options)
    if name == "vit_b_16":
        # Its last layer is zero at first, and so would all derivatives be.
        torch.nn.init.normal_(net.heads.head.weight, std=0.05)
    size = SIZES.get(name, 64)
    images = torch.randn(1 if size == 224 else 2, 3, size, size)

    def loss():
        result = net(images.to(next(net.parameters()).dtype))
        parts = [result] if isinstance(result, torch.Tensor) else [part for part in result if part is not None]
        total = sum([part.square().mean() for part in parts])
        return total

    return net, loss


def language(name):
    """The loss of a small model of transformers, as a function."""
    import torch
    import transformers

    words = torch.randint(0, 99, (2, 7))
    small = dict(vocab_size=100, num_hidden_layers=2, hidden_size=32, num_attention_heads=2)
    if name == "bert":
        config = transformers.BertConfig(**small, intermediate_size=64)
        net = transformers.BertForMaskedLM(config)
    elif name == "gpt2":
        config = transformers.GPT2Config(
            vocab_size=100, n_layer=2, n_embd=32, n_head=2, bos_token_id=0, eos_token_id=0)
        net = transformers.GPT2LMHeadModel(config)
    else:
        config = transformers.T5Config(
            vocab_size=100, d_model=32, d_ff=64, d_kv=16, num_layers=2, num_heads=2, decoder_start_token_id=0)
        net = transformers.T5ForConditionalGeneration(config)

    def loss():
        result = net(input_ids=words, labels=words)
        return result.loss

    return net, loss


def exactness(net, loss):
    """How many derivatives are what `retain_grad` keeps, and how many are the sum of contributions."""
    from graphviz_grad.recorder import Recorder

    seen = []

    class Keeping(Recorder):
        # Every contribution is kept, also that which is the derivative itself.
        shares = False

        def remember(self, tensor, node, value):
            super().remember(tensor, node, value)
            if tensor.requires_grad:
                if not tensor.is_leaf:
                    tensor.retain_grad()
                seen.append((value, tensor, tensor._version, tensor.grad_fn))

    net.double().train()
    net.zero_grad()
    with Keeping(entries=1 << 40) as recorder:
        loss().backward()
    recorded, equal, wrong = recorder.passes[-1], 0, []

    def agree(a, b):
        return float((a - b).abs().max()) <= 1e-12 * max(1.0, float(b.abs().max()))

    for value, tensor, version, node in seen:
        own = recorded.derivatives.get(value)
        if tensor._version != version or tensor.grad_fn is not node:
            # Changed in place since: what is kept is of the later value.
            continue
        if (own is None) != (tensor.grad is None) or own is not None and not agree(own, tensor.grad):
            wrong.append(f"{value.name or value.operation.name}: another derivative")
        elif own is not None:
            equal += 1
    sums, added = {}, 0
    for (operation, slot, _), part in recorded.contributions.items():
        operand = operation.operands[slot]
        sums[operand] = sums[operand] + part if operand in sums else part
    for value, own in recorded.derivatives.items():
        if value in recorded.roots:
            continue
        if value not in sums or not agree(sums[value], own):
            wrong.append(f"{value.name or value.operation.name}: another sum")
        added += 1
    named = {value.name for value in recorder.values}
    missing = [name for name, one in net.named_parameters() if one.grad is not None and f"net.{name}" not in named]
    return {
        "operations": len(recorder.operations), "derivatives": equal, "sums": added, "wrong": wrong[:5],
        "unnamed": missing[:5]}


def cost(net, loss, figure):
    """Seconds and megabytes of a pass, recorded and not, and of the folded figure."""
    import graphviz_grad

    net.float().train()

    def plain():
        loss().backward()

    def recorded():
        nonlocal kept
        with graphviz_grad.record() as kept:
            loss().backward()

    def timed(run):
        # To let go of an earlier recording is no part of the next.
        nonlocal kept
        kept = None
        net.zero_grad()
        began = time.thread_time()
        run()
        return time.thread_time() - began

    kept = None
    # Warm, one after the other, so that both meet the machine as it is.
    once = min(timed(plain), timed(plain))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    timed(recorded)
    rounds = 3 if once > 1 else 5 if once > 0.1 else 15
    times = [(timed(plain), timed(recorded)) for _ in range(rounds)]
    told = {key: statistics.median(column) for key, column in zip(("plain", "recorded"), zip(*times))}
    told["memory"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    began = time.perf_counter()
    kept.draw(figure, max_nodes=40, title=os.path.basename(figure).split(".")[0])
    told["drawn"] = time.perf_counter() - began
    return told


def one(name, figure):
    import torch

    torch.manual_seed(0)
    torch.set_num_threads(1)
    make = language if name in LANGUAGE else vision
    told = {"name": name}
    net, loss = make(name)
    told.update(cost(net, loss, figure))
    told.update(exactness(net, loss))
    print(json.dumps(told))


def main():
    tool, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[3] if len(sys.argv) > 3 else ".build/models")
    folder.mkdir(parents=True, exist_ok=True)
    asked = sys.argv[2] if len(sys.argv) > 2 else ""
    names = VISION + LANGUAGE if asked == "all" else asked.split(",") if asked else FEW
    print(f"{'model':20} operations  derivatives   sums  plain s  recorded s  ratio  more MB  drawn s")
    for name in names:
        done = subprocess.run(
            [sys.executable, __file__, "one", name, str(folder / f"{name}.svg")], capture_output=True, text=True,
            env={**os.environ, "GRAPHVIZ_GRAD": str(tool)}, timeout=600)
        check(done.returncode == 0, f"{name}: {done.stderr[-3000:]}")
        told = json.loads(done.stdout.splitlines()[-1])
        print(
            f"{name:20} {told['operations']:10}  {told['derivatives']:11}  {told['sums']:5}  {told['plain']:7.3f}  "
            f"{told['recorded']:10.3f}  {told['recorded'] / told['plain']:5.1f}  {told['memory']:7.0f}  "
            f"{told['drawn']:7.2f}", flush=True)
        check(not told["wrong"], f"{name}: {told['wrong']}")
        check(not told["unnamed"], f"{name}: parameters without a name: {told['unnamed']}")
        # The output's own derivative is no sum.
        check(told["derivatives"] > 10 and told["sums"] >= told["derivatives"] - 1, f"{name}: {told}")
    finish("public models")


if __name__ == "__main__":
    if sys.argv[1] == "one":
        one(*sys.argv[2:])
    else:
        main()
