// Writes a program for a profile that has seen much: the oracle's expressions and Cuis's own tests of some classes, all in one.
// node exercise.mjs EXPRESSIONS.tsv PROGRAM.st
import { readFileSync, writeFileSync } from 'node:fs';

const [tsv, program] = process.argv.slice(2);

// Numbers, collections, exceptions and blocks, the compiler, bits: what does not wait and is over in seconds.
const kTestClasses = ['IntegerTest', 'FloatTest', 'FractionTest', 'StringTest', 'OrderedCollectionTest', 'CollectTest', 'ExceptionTests',
  'ExceptionHandlingConditionTest', 'ClosureTests', 'ClosureCompilerTest', 'JpegTest', 'BitBltTest', 'SemaphoreTest',
  'PrettyPrintingTest', 'DateAndTimeTest'];

const expressions = readFileSync(tsv, 'latin1').split('\n').filter((line) => line !== '')
  .map((line) => `'${line.split('\t')[1].replaceAll("'", "''")}'`);

writeFileSync(program, `
#(${expressions.join('\n')}) do: [:source |
  [(Compiler evaluate: source) printString] on: UnhandledError do: [:error | error return: nil]].
#(${kTestClasses.join(' ')}) do: [:name | | class |
  class := Smalltalk at: name.
  (class shouldInheritSelectors ifTrue: [class allTestSelectors] ifFalse: [class testSelectors]) do: [:selector |
    [(class selector: selector) run: TestResult new] on: UnhandledError do: [:error | error return: nil]]].
#done
`, 'latin1');
