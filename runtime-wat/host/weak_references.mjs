// Weak references on top of the engine's own: what the module asks for (runtime-wat/weak.wat), and word of each collection.

// A WeakRef keeps its object alive until the current slice is over; then only the engine's collector decides.
export function weakReferenceImports() {
  return {
    weakReference: (object) => new WeakRef(object),
    weakTarget: (reference) => reference.deref() ?? null,
  };
}

export const hasWeakReferences = () => typeof WeakRef === 'function' && typeof FinalizationRegistry === 'function';

// After each collection, which an object tells that nobody holds, the module reviews its weak objects. The engine calls
// in a task of its own: never while the image runs. `wake` is told when the image has something to finalise.
export class WeakReviews {
  #registry;   // who drops it hears nothing any more

  constructor(exports, wake) {
    this.#registry = new FinalizationRegistry(() => {
      this.#watch();
      if (exports.reviewWeak() !== 0) wake();
    });
    this.#watch();
  }

  #watch() {
    this.#registry.register({}, null);
  }
}
