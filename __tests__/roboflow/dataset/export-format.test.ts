import { expect, test } from 'vitest';
import { exportFormatOf } from '../../../src/roboflow/dataset/readiness.ts';

test.each<{ modelType: string; expected: string | undefined }>([
  { modelType: 'rfdetr-nano', expected: 'coco' },
  { modelType: 'rfdetr-base', expected: 'coco' },
  { modelType: 'rf-detr-large', expected: 'coco' },
  { modelType: 'rfdetr-seg-preview', expected: 'coco' },
  { modelType: 'rfdetr-nas-parent', expected: 'coco' },
  { modelType: 'rfdetr-nas-seg-parent', expected: 'coco' },
  { modelType: 'RFDETR_Nano', expected: 'coco' },
  { modelType: ' rfdetr-nano ', expected: 'coco' },
  { modelType: 'yolov5v6n', expected: 'yolov5pytorch' },
  { modelType: 'yolov8n', expected: 'yolov5pytorch' },
  { modelType: 'yolov11n', expected: 'yolov5pytorch' },
  { modelType: 'yolo26n', expected: 'yolov5pytorch' },
  { modelType: 'yolov8n-seg', expected: 'yolov5pytorch' },
  { modelType: 'yolo-nas-s', expected: 'yolov5pytorch' },
  { modelType: 'yolo26n-sem', expected: undefined },
  { modelType: 'YOLO26_N_SEM', expected: undefined },
  { modelType: 'paligemma2-3b', expected: 'jsonl' },
  { modelType: 'florence-2-base', expected: 'jsonl' },
  { modelType: 'qwen25-vl-7b', expected: 'jsonl' },
  { modelType: 'smolvlm2', expected: 'jsonl' },
  { modelType: 'vit-base-patch16-224-in21k', expected: 'folder' },
  { modelType: 'resnet18', expected: 'folder' },
  { modelType: 'cosmos3-edge', expected: 'video-coco' },
  { modelType: 'Cosmos3-Edge', expected: 'video-coco' },
  { modelType: 'cosmos3-edge-vlm', expected: undefined },
  { modelType: 'cosmos3-edges', expected: undefined },
  { modelType: 'my-cosmos3-edge', expected: undefined },
  { modelType: 'deeplabv3plus', expected: 'png-mask-semantic' },
  { modelType: 'dinov3-small', expected: undefined },
  { modelType: 'sam3', expected: undefined },
  { modelType: 'something-new', expected: undefined },
  { modelType: '', expected: undefined },
])('"$modelType" is trained on the format $expected', ({ modelType, expected }) => {
  expect(exportFormatOf(modelType)).toBe(expected);
});
