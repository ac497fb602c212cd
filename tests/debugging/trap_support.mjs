// How tests make an image trap: code of another type stands where that of a method is looked for.

// An option `prepare` of open(): what calls `name` meets the code of `other`, which takes another number of arguments.
export function damageCode(name, other) {
  return (exports, transfer) => {
    const codeOf = (wanted) => {
      for (let id = 0; id < exports.methodCount(); id++) {
        if (transfer.string(0, exports.methodName(id)) === wanted) return exports.methodPartCode(id, 0);
      }
      throw new Error(`no ${wanted}`);
    };
    exports.codeTable.set(codeOf(name), exports.codeTable.get(codeOf(other)));
  };
}
