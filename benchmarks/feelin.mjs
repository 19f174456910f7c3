// The expressions of `expressions.py` on feelin, which reads an expression anew each time it is evaluated.
// Reads {rounds, comparison, context, tests, values} as JSON from its input; prints nanoseconds of CPU, as JSON.
import { readFileSync } from "node:fs";
import { evaluate, unaryTest } from "feelin";

const { rounds, comparison, context, tests, values } = JSON.parse(readFileSync(0));

function measured(act) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const began = process.cpuUsage();
    for (let pass = 0; pass < 20; pass++) act(round);
    const { user, system } = process.cpuUsage(began);
    times.push(((user + system) * 1000) / 20);
  }
  return Math.min(...times);
}

console.log(
  JSON.stringify({
    comparison: measured(() => evaluate(comparison, context)),
    table: measured((round) => tests.map((test) => unaryTest(test, { "?": values[round % values.length] }))),
  }),
);
