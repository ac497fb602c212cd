// What an image can ask about its surroundings: names, arguments, system attributes, environment.

const kFirstArgument = 2;
const kLastArgument = 1000;

// The numbering of primitive 149; answers in the form that OpenSmalltalk's VMs give, since images
// look into them.
const kSystemAttributes = new Map([
  [1001, 'unix'],
  [1002, 'stwasm'],
  [1003, 'wasm'],
  [1004, 'Open Smalltalk Cog[Spur] VM [stwasm] 5.0'],
  [1005, 'null'],
  [1006, 'stwasm'],
  [1007, 'stwasm interpreter'],
  [1009, 'stwasm 1.0'],
]);

export function attributeImports(transfer, { imageName, vmPath, imageArguments, vmOptions = [], environment }) {
  let name = imageName;
  const attribute = (index) => {
    if (index < 0) return vmOptions[-index - 1];
    if (index === 0) return `${vmPath}stwasm`;
    if (index === 1) return name;
    if (index >= kFirstArgument && index <= kLastArgument) return imageArguments[index - kFirstArgument];
    return kSystemAttributes.get(index);
  };
  return {
    imageName: (pointer) => transfer.putString(pointer, name),
    setImageName: (pointer, length) => {
      name = transfer.string(pointer, length);
    },
    vmPath: (pointer) => transfer.putString(pointer, vmPath),
    attribute: (index, pointer) => transfer.putString(pointer, attribute(index)),
    environment: (pointer, length) => transfer.putString(pointer, environment(transfer.string(pointer, length))),
  };
}
