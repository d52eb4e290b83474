import { compareModelTypes, isTypeName } from '../training/model-type.ts';
import type { Reader } from './reader.ts';

/** The model types in `model-type`, one per line or separated by commas. That two of them may be the same is a mistake. */
export function readModelTypes(reader: Reader): readonly string[] {
  const lines = reader.lines('model-type');
  const hasSeveralLines = lines.filter((line) => line !== '').length > 1;
  const modelTypes: string[] = [];
  for (const [index, line] of lines.entries()) {
    const mistake = (problem: string) =>
      reader.mistake('model-type', problem, hasSeveralLines ? index + 1 : undefined);
    for (const modelType of line.split(',').map((each) => each.trim())) {
      if (modelType === '') continue;
      const twin = twinOf(modelType, modelTypes);
      if (twin !== undefined) mistake(twin);
      else if (!isTypeName(modelType))
        mistake(`"${modelType}" is not a model type; an example is rfdetr-nano`);
      modelTypes.push(modelType);
    }
  }
  return modelTypes;
}

/** What is wrong with naming `modelType` beside others: nobody could tell its training from that of its twin. */
function twinOf(modelType: string, others: readonly string[]): string | undefined {
  const twin = others.find((other) => compareModelTypes(modelType, other) !== 'contradictory');
  if (twin === undefined) return undefined;
  if (twin === modelType) return `"${modelType}" is there twice; leave one of them out`;
  return compareModelTypes(modelType, twin) === 'same'
    ? `"${modelType}" and "${twin}" are the same; leave one of them out`
    : `"${modelType}" and "${twin}" may be the same, as Roboflow names its types; leave one of them out, or name the sizes`;
}
