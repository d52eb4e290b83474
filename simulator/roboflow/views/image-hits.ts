import { createRandom, seedOf } from '../../lib/random.ts';

/** One image of a split: pairs of actual and predicted class, each with how often; the last class is the background. */
export interface SimulatedImage {
  readonly imageId: string;
  readonly imageName: string;
  readonly confusion: readonly (readonly [actual: number, predicted: number, count: number])[];
}

/**
 * The images of a split that a confusion matrix is the sum of. An image is as hard for each model, so that errors gather in some
 * images, and in the same ones for two models; its id is the source image's, the same in each version that has it.
 */
export function imagesOf(
  matrix: readonly (readonly number[])[],
  images: number,
  modelId: string,
): readonly SimulatedImage[] {
  const found = Array.from({ length: images }, () => new Map<string, number>());
  const add = (image: number, actual: number, predicted: number) => {
    const pair = `${actual} ${predicted}`;
    found[image]?.set(pair, (found[image]?.get(pair) ?? 0) + 1);
  };
  const background = matrix.length - 1;
  for (const [actual, row] of matrix.entries()) {
    const places = placesOf(row, actual, { images, modelId, background });
    for (const [image, predicted] of places) add(image, actual, predicted);
  }
  return found.map((pairs, index) => ({
    imageId: imageIdOf(index),
    imageName: `image-${index + 1}.jpg`,
    confusion: [...pairs].map(([pair, count]) => {
      const [actual = 0, predicted = 0] = pair.split(' ').map(Number);
      return [actual, predicted, count] as const;
    }),
  }));
}

interface Drawing {
  readonly images: number;
  readonly modelId: string;
  readonly background: number;
}

/** Where each object of a row of the matrix stands, and what it is taken for: the hardest are not found. */
function placesOf(
  row: readonly number[],
  actual: number,
  { images, modelId, background }: Drawing,
): readonly (readonly [image: number, predicted: number])[] {
  const order = [
    actual,
    ...[...row.keys()].filter((each) => each !== actual && each !== background),
    background,
  ];
  const taken = order.flatMap((predicted) => Array.from({ length: row[predicted] ?? 0 }, () => predicted));
  // Where no object is, something is seen in hard images only.
  const hardOnly = actual === background;
  const objects = taken.map((_, index) => {
    const random = createRandom(seedOf(`object ${actual} ${index}`));
    const image = Math.floor((hardOnly ? random.next() ** 3 : random.next()) * images);
    const own = createRandom(seedOf(`${modelId} ${actual} ${index}`)).next();
    return { image, difficulty: difficultyOf(image) + 0.5 * random.next() + 0.3 * own };
  });
  return objects
    .toSorted((a, b) => a.difficulty - b.difficulty)
    .map(({ image }, index) => [image, taken[index] ?? actual] as const);
}

function difficultyOf(image: number): number {
  return createRandom(seedOf(imageIdOf(image))).next();
}

function imageIdOf(index: number): string {
  return `k3${createRandom(seedOf(`image ${index}`)).hex(18)}`;
}
