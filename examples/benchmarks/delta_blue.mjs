// A solver for constraints between variables that plans again only what a change concerns. Strengths are numbers; a smaller one is
// stronger, 0 is required.

// determinedBy is the constraint that computes the value now. walkStrength is that of the weakest constraint that would give way to
// somebody who sets it; stays says that the value is known when the plan is made.
class Variable {
  constraints = [];
  mark = 0;

  constructor(value) {
    this.value = value;
    this.forget();
  }

  forget() {
    this.determinedBy = null;
    this.walkStrength = 6;
    this.stays = true;
  }

  // Satisfied constraints that read it.
  forEachConsumer(visit) {
    for (const each of this.constraints) if (each !== this.determinedBy && each.isSatisfied()) visit(each);
  }
}

class Constraint {
  output = null;
  isInput = false;

  constructor(strength) {
    this.strength = strength;
  }

  // Answers the constraint that has to give way, or null.
  satisfy(mark, planner) {
    this.chooseOutput(mark);
    if (!this.isSatisfied()) {
      if (this.strength === 0) throw new Error('a required constraint cannot be satisfied');
      return null;
    }
    this.forEachInput((each) => { each.mark = mark; });
    const overridden = this.output.determinedBy;
    if (overridden !== null) overridden.beUnsatisfied();
    this.output.determinedBy = this;
    if (!planner.propagate(this, mark)) throw new Error('the constraints form a cycle');
    this.output.mark = mark;
    return overridden;
  }

  areInputsKnown(mark) {
    let known = true;
    this.forEachInput((each) => {
      if (!(each.mark === mark || each.stays || each.determinedBy === null)) known = false;
    });
    return known;
  }
}

class UnaryConstraint extends Constraint {
  satisfied = false;

  constructor(output, strength) {
    super(strength);
    this.output = output;
  }

  isSatisfied() {
    return this.satisfied;
  }

  beUnsatisfied() {
    this.satisfied = false;
  }

  forEachInput() {}

  forEachVariable(visit) {
    visit(this.output);
  }

  chooseOutput(mark) {
    this.satisfied = this.output.mark !== mark && this.strength < this.output.walkStrength;
  }

  recalculate() {
    this.output.walkStrength = this.strength;
    this.output.stays = !this.isInput;
  }

  execute() {}
}

class StayConstraint extends UnaryConstraint {}

class EditConstraint extends UnaryConstraint {
  isInput = true;
}

class BinaryConstraint extends Constraint {
  constructor(first, second, strength) {
    super(strength);
    this.first = first;
    this.second = second;
  }

  input() {
    return this.output === this.first ? this.second : this.first;
  }

  isSatisfied() {
    return this.output !== null;
  }

  beUnsatisfied() {
    this.output = null;
  }

  forEachInput(visit) {
    visit(this.input());
  }

  forEachVariable(visit) {
    visit(this.first);
    visit(this.second);
  }

  // The one that has no value of this round yet; of two such the one that gives way more easily.
  candidate(mark) {
    if (this.first.mark === mark) return this.second.mark === mark ? null : this.second;
    return this.second.mark === mark || this.first.walkStrength > this.second.walkStrength ? this.first : this.second;
  }

  chooseOutput(mark) {
    const candidate = this.candidate(mark);
    this.output = candidate !== null && this.strength < candidate.walkStrength ? candidate : null;
  }

  recalculate() {
    this.output.walkStrength = Math.max(this.strength, this.input().walkStrength);
    this.output.stays = this.inputsStay();
    if (this.output.stays) this.execute();
  }

  inputsStay() {
    return this.input().stays;
  }
}

class EqualityConstraint extends BinaryConstraint {
  execute() {
    this.output.value = this.input().value;
  }
}

// second = first * scale + offset. Scale and offset are variables that it reads and never sets.
class ScaleConstraint extends BinaryConstraint {
  constructor(first, second, scale, offset) {
    super(first, second, 0);
    this.scale = scale;
    this.offset = offset;
  }

  forEachInput(visit) {
    super.forEachInput(visit);
    visit(this.scale);
    visit(this.offset);
  }

  forEachVariable(visit) {
    super.forEachVariable(visit);
    visit(this.scale);
    visit(this.offset);
  }

  inputsStay() {
    return this.input().stays && this.scale.stays && this.offset.stays;
  }

  execute() {
    if (this.output === this.second) this.second.value = this.first.value * this.scale.value + this.offset.value;
    else this.first.value = Math.floor((this.second.value - this.offset.value) / this.scale.value);
  }
}

class Planner {
  mark = 0;

  add(constraint) {
    constraint.forEachVariable((each) => each.constraints.push(constraint));
    this.satisfy(constraint);
  }

  // Constraints that give way find another way, or stay unsatisfied.
  satisfy(constraint) {
    this.mark++;
    let overridden = constraint.satisfy(this.mark, this);
    while (overridden !== null) overridden = overridden.satisfy(this.mark, this);
  }

  remove(constraint) {
    const output = constraint.isSatisfied() ? constraint.output : null;
    constraint.beUnsatisfied();
    constraint.forEachVariable((each) => each.constraints.splice(each.constraints.indexOf(constraint), 1));
    if (output === null) return;
    for (const each of this.forgetFrom(output).sort((a, b) => a.strength - b.strength)) this.satisfy(each);
  }

  // Recalculates what depends on it; false if it depends on itself.
  propagate(start, mark) {
    const pending = [start];
    while (pending.length > 0) {
      const constraint = pending.shift();
      if (constraint.output.mark === mark) return false;
      constraint.recalculate();
      constraint.output.forEachConsumer((each) => pending.push(each));
    }
    return true;
  }

  // Nobody determines the variable any more; answers the constraints that could.
  forgetFrom(start) {
    start.forget();
    const unsatisfied = [];
    const pending = [start];
    while (pending.length > 0) {
      const variable = pending.shift();
      for (const each of variable.constraints) if (!each.isSatisfied()) unsatisfied.push(each);
      variable.forEachConsumer((each) => {
        each.recalculate();
        pending.push(each.output);
      });
    }
    return unsatisfied;
  }

  // The constraints to execute when the edited variable is set, in an order in which inputs come first.
  planFor(edit) {
    this.mark++;
    const plan = [];
    const pending = [edit];
    while (pending.length > 0) {
      const constraint = pending.shift();
      if (constraint.output.mark === this.mark || !constraint.areInputsKnown(this.mark)) continue;
      plan.push(constraint);
      constraint.output.mark = this.mark;
      constraint.output.forEachConsumer((each) => pending.push(each));
    }
    return plan;
  }
}

// A line of variables that are equal: what is put into the first arrives at the last. Answers how often it did.
function chain(count) {
  const planner = new Planner();
  const first = new Variable(0);
  let last = first;
  for (let index = 0; index < count; index++) {
    const variable = new Variable(0);
    planner.add(new EqualityConstraint(last, variable, 0));
    last = variable;
  }
  planner.add(new StayConstraint(last, 3));
  const edit = new EditConstraint(first, 2);
  planner.add(edit);
  const plan = planner.planFor(edit);
  let right = 0;
  for (let value = 1; value <= 100; value++) {
    first.value = value;
    for (const each of plan) each.execute();
    if (last.value === value) right++;
  }
  planner.remove(edit);
  return right;
}

function change(planner, variable, value) {
  const edit = new EditConstraint(variable, 2);
  planner.add(edit);
  const plan = planner.planFor(edit);
  for (let count = 0; count < 10; count++) {
    variable.value = value;
    for (const each of plan) each.execute();
  }
  planner.remove(edit);
}

// Pairs of variables of which the second is the first times a scale plus an offset, the same for all.
function projection(count) {
  const planner = new Planner();
  const scale = new Variable(10);
  const offset = new Variable(1000);
  const sources = Array.from({ length: count }, (_, index) => new Variable(index + 1));
  const targets = sources.map((source) => {
    const target = new Variable(source.value);
    planner.add(new StayConstraint(source, 4));
    planner.add(new ScaleConstraint(source, target, scale, offset));
    return target;
  });
  const rightOffset = (value) =>
    targets.slice(0, -1).filter((target, index) => target.value === (index + 1) * 5 + value).length;
  let right = 0;
  change(planner, sources.at(-1), 17);
  if (targets.at(-1).value === 1170) right++;
  change(planner, targets.at(-1), 1050);
  if (sources.at(-1).value === 5) right++;
  change(planner, scale, 5);
  right += rightOffset(1000);
  change(planner, offset, 2000);
  return right + rightOffset(2000);
}

export const benchmark = () => chain(1000) + projection(1000);

// 100 of the chain; one of each direction and 999 for each change of the projection.
export const verify = (result) => result === 2100;
