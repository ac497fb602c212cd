// The kernel of an operating system in small: six tasks that send each other packets, and a scheduler that always runs the first
// one that can.
class Packet {
  link = null;
  datum = 0;
  data = [0, 0, 0, 0];

  constructor(taskId, isWork) {
    this.taskId = taskId;
    this.isWork = isWork;
  }

  // The queue that begins with `first`, and this packet at its end.
  addTo(first) {
    this.link = null;
    if (first === null) return this;
    let last = first;
    while (last.link !== null) last = last.link;
    last.link = this;
    return first;
  }
}

// What a task answers when it has run is the task that is tried next.
class Scheduler {
  tasks = [];
  first = null;
  current = null;
  queueCount = 0;
  holdCount = 0;

  add(task) {
    task.scheduler = this;
    task.next = this.first;
    this.first = task;
    this.tasks[task.id] = task;
  }

  run() {
    this.current = this.first;
    while (this.current !== null) this.current = this.current.canRun() ? this.current.run() : this.current.next;
  }

  holdCurrent() {
    this.holdCount++;
    this.current.isHeld = true;
    return this.current.next;
  }

  waitCurrent() {
    this.current.isWaiting = true;
    return this.current;
  }

  release(taskId) {
    const task = this.tasks[taskId];
    task.isHeld = false;
    return task.priority > this.current.priority ? task : this.current;
  }

  // To the task whose number it bears; from now on it bears the sender's.
  send(packet) {
    const task = this.tasks[packet.taskId];
    this.queueCount++;
    packet.link = null;
    packet.taskId = this.current.id;
    return task.receive(packet, this.current);
  }
}

class Task {
  scheduler = null;
  next = null;
  isWaiting = true;
  isHeld = false;

  constructor(id, priority, packets) {
    this.id = id;
    this.priority = priority;
    this.packets = packets;
  }

  canRun() {
    return !(this.isHeld || (this.isWaiting && this.packets === null));
  }

  run() {
    let packet = null;
    if (this.isWaiting) {
      packet = this.packets;
      this.packets = packet.link;
      this.isWaiting = false;
    }
    return this.handle(packet);
  }

  // Answers which of both runs next.
  receive(packet, task) {
    if (this.packets !== null) {
      this.packets = packet.addTo(this.packets);
      return task;
    }
    this.packets = packet;
    return this.priority > task.priority ? this : task;
  }
}

class IdleTask extends Task {
  isWaiting = false;
  control = 1;
  count = 10000;

  handle() {
    this.count--;
    if (this.count === 0) return this.scheduler.holdCurrent();
    if ((this.control & 1) === 0) {
      this.control >>= 1;
      return this.scheduler.release(4);
    }
    this.control = (this.control >> 1) ^ 0xD008;
    return this.scheduler.release(5);
  }
}

class DeviceTask extends Task {
  pending = null;

  handle(packet) {
    if (packet !== null) {
      this.pending = packet;
      return this.scheduler.holdCurrent();
    }
    if (this.pending === null) return this.scheduler.waitCurrent();
    const pending = this.pending;
    this.pending = null;
    return this.scheduler.send(pending);
  }
}

class WorkerTask extends Task {
  handler = 2;
  letter = 0;

  handle(packet) {
    if (packet === null) return this.scheduler.waitCurrent();
    this.handler = 5 - this.handler;
    packet.taskId = this.handler;
    packet.datum = 0;
    for (let index = 0; index < 4; index++) {
      this.letter = this.letter === 26 ? 1 : this.letter + 1;
      packet.data[index] = this.letter;
    }
    return this.scheduler.send(packet);
  }
}

class HandlerTask extends Task {
  work = null;
  results = null;

  handle(packet) {
    if (packet !== null) {
      if (packet.isWork) this.work = packet.addTo(this.work);
      else this.results = packet.addTo(this.results);
    }
    if (this.work === null) return this.scheduler.waitCurrent();
    if (this.work.datum > 3) return this.sendWork();
    return this.results === null ? this.scheduler.waitCurrent() : this.sendLetter();
  }

  sendWork() {
    const packet = this.work;
    this.work = packet.link;
    return this.scheduler.send(packet);
  }

  sendLetter() {
    const packet = this.results;
    this.results = packet.link;
    packet.datum = this.work.data[this.work.datum];
    this.work.datum++;
    return this.scheduler.send(packet);
  }
}

function packets(count, taskId, isWork) {
  let first = null;
  for (let index = 0; index < count; index++) {
    const packet = new Packet(taskId, isWork);
    packet.link = first;
    first = packet;
  }
  return first;
}

export function benchmark() {
  const scheduler = new Scheduler();
  scheduler.add(new IdleTask(0, 0, null));
  scheduler.add(new WorkerTask(1, 1000, packets(2, 1, true)));
  scheduler.add(new HandlerTask(2, 2000, packets(3, 4, false)));
  scheduler.add(new HandlerTask(3, 3000, packets(3, 5, false)));
  scheduler.add(new DeviceTask(4, 4000, null));
  scheduler.add(new DeviceTask(5, 5000, null));
  scheduler.run();
  return [scheduler.queueCount, scheduler.holdCount];
}

export const verify = ([queueCount, holdCount]) => queueCount === 23246 && holdCount === 9297;
