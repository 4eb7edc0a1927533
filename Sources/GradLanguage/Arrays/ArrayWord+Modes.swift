/// Whether derivatives are recorded, which a program may ask and say: `torch.set_grad_enabled(False)`.
extension ArrayWord {
  static let modes: [String: ArrayWord] = [
    "is_grad_enabled": ArrayWord { (machine, _) throws(ProgramError) in
      .number(machine.detached == 0 ? 1 : 0, .truth)
    },
    "set_grad_enabled": ArrayWord { (machine, call) throws(ProgramError) in
      machine.detached = machine.holds(call.argument(0, "mode"), default: true) ? 0 : 1
      return .none
    },
  ]
}
