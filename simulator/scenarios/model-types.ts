import type { Scenario } from '../scenario.ts';
import { base, versionSpec } from './base.ts';

const versions = [4, 5, 6, 7].map((number) => versionSpec(number, { exports: ['coco', 'yolov5pytorch'] }));

export const sizedName: Scenario = {
  ...base,
  name: 'sized-name',
  summary: 'A start names the family yolov11. Roboflow shows the training as yolov11n.',
  versions,
  modelTypes: [...base.modelTypes, 'yolov11'],
  shownTypes: { yolov11: 'yolov11n' },
  inputs: { 'model-type': 'yolov11' },
};

export const wrongSize: Scenario = {
  ...base,
  name: 'wrong-size',
  summary: 'A start names rfdetr-nano. Roboflow trains rfdetr-base, another size.',
  shownTypes: { 'rfdetr-nano': 'rfdetr-base' },
};

export const yoloNas: Scenario = {
  ...base,
  name: 'yolo-nas',
  summary: 'A yolo_nas_s, which is an ordinary fine-tune and no architecture search.',
  versions,
  modelTypes: [...base.modelTypes, 'yolo_nas_s'],
  inputs: { 'model-type': 'yolo_nas_s' },
};
