"""Roboflow's own client against the simulator: what it takes for Roboflow is Roboflow's.

The environment names the simulator (API_URL) and its key (SIMULATOR_KEY). Each request moves the simulated time on by minutes.
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest

import roboflow
from roboflow.adapters import rfapi

KEY = os.environ["SIMULATOR_KEY"]
WORKSPACE, PROJECT, VERSION = "acme", "hard-hats", 7


def ended(training):
    """The training when it is over."""
    for _ in range(200):
        if training.refresh().status not in ("queued", "running", "training", "starting"):
            return training
    raise AssertionError(f"{training.training_id} never ends: {training.status}")


def read_again(training):
    """The models of the training, read again and again."""
    for _ in range(50):
        yield training.refresh().models


def cli(*arguments, key=KEY):
    """What the command line of the client says and ends with."""
    command = [sys.executable, "-m", "roboflow.roboflowpy", "--api-key", key, "--workspace", WORKSPACE, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


class Client(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workspace = roboflow.Roboflow(api_key=KEY).workspace()
        cls.version = cls.workspace.project(PROJECT).version(VERSION)
        cls.training = ended(cls.version.create_training(model_type="rfdetr-nano", epochs=50))
        cls.evaluation = cls.done_evaluation()

    @classmethod
    def done_evaluation(cls):
        for _ in range(50):
            found = [each for each in cls.workspace.evals(version=str(VERSION)) if each.status == "done"]
            if found:
                return found[0]
        raise AssertionError("no evaluation is ever done")

    def test_workspace_project_and_versions(self):
        self.assertEqual(self.workspace.url, WORKSPACE)
        numbers = [each.version for each in self.workspace.project(PROJECT).versions()]
        self.assertIn(str(VERSION), [str(number).split("/")[-1] for number in numbers])

    def test_training_ends_with_a_model_and_its_metrics(self):
        self.assertEqual(self.training.status, "finished")
        (model,) = self.training.models
        self.assertTrue(model.model_id.startswith(f"{WORKSPACE}/{PROJECT}-{VERSION}-rfdetr-nano"))
        self.assertGreater(model.metrics["map50"], 1)
        listed = [each.training_id for each in self.version.trainings()]
        self.assertIn(self.training.training_id, listed)

    def test_search_has_models_with_latency(self):
        training = ended(self.version.create_training(model_type="rfdetr-nas-parent"))
        self.assertGreater(len(training.models), 3)
        # The metrics of its children come after them.
        measured = next((each for each in read_again(training) if any("latency" in (m.metrics or {}) for m in each)), None)
        self.assertIsNotNone(measured)

    def test_recipe_and_a_training_with_it(self):
        recipe = self.version.describe_train_recipe("rfdetr-nano")
        self.assertTrue(recipe["schema"]["hyperparameters"])
        training = self.version.create_training(model_type="rfdetr-nano", train_recipe=recipe["template"])
        self.assertTrue(training.training_id)
        training.cancel(continue_if_no_refund=True)
        self.assertEqual(ended(training).status, "cancelled")

    def test_stop_keeps_the_weights(self):
        training = self.version.create_training(model_type="rfdetr-small")
        training.stop()
        self.assertIn(ended(training).status, ("stopped", "finished"))
        self.assertTrue(training.models)

    def test_errors_are_its_own(self):
        cases = {
            "an unknown model type": lambda: self.version.create_training(model_type="rfdetr-gigantic"),
            "a cancel too late": lambda: self.training.cancel(),
            "an unknown training": lambda: rfapi.get_training(KEY, WORKSPACE, PROJECT, VERSION, training_id="nobody"),
            "a recipe of an unknown type": lambda: self.version.describe_train_recipe("rfdetr-gigantic"),
            "another project": lambda: rfapi.get_project(KEY, WORKSPACE, "nothing-here"),
        }
        for name, act in cases.items():
            with self.subTest(name), self.assertRaises(rfapi.RoboflowError):
                act()

    def test_weights(self):
        with tempfile.TemporaryDirectory() as folder:
            path = self.training.models[0].download(location=folder)
            self.assertGreater(os.path.getsize(path), 1_000)

    def test_panels_of_an_evaluation(self):
        self.assertIn("test", self.evaluation.map_results()["splits"])
        self.assertIn("valid", self.evaluation.confidence_sweep()["splits"])
        self.assertTrue(self.evaluation.performance_by_class(split="test")["classes"])
        matrix = self.evaluation.confusion_matrix(split="valid", confidence=40)
        self.assertEqual(len(matrix["classes"]), len(matrix["matrix"]))
        self.assertGreater(self.evaluation.refresh().summary["mAP"], 0)

    def test_refusals_of_an_evaluation(self):
        with self.assertRaises(rfapi.InvalidSplitError):
            self.evaluation.performance_by_class(split="all")
        with self.assertRaises(rfapi.InvalidConfidenceError):
            self.evaluation.confusion_matrix(confidence=101)
        with self.assertRaises(rfapi.ModelEvalNotFoundError):
            rfapi.get_model_eval(KEY, WORKSPACE, "nobody")
        with self.assertRaises(rfapi.ModelEvalAccessError):
            rfapi.list_model_evals("rf_somebody_else_0000000", WORKSPACE)

    def test_comparison_of_models(self):
        compared = rfapi.compare_model_evals(KEY, WORKSPACE, project=PROJECT, version=VERSION)
        own = [each for each in compared["models"] if each["modelId"] == self.training.models[0].model_id]
        self.assertEqual(len(own), 1)
        self.assertGreater(own[0]["medianLatencyMs"], 0)
        self.assertLess(own[0]["metrics"][compared["frontierMetric"]], 1)
        self.assertTrue(any(each["onFrontier"] for each in compared["models"]))


class CommandLine(unittest.TestCase):
    def test_comparison_as_a_table_and_as_json(self):
        arguments = ("eval", "compare", "-p", PROJECT, "-v", "6")
        table = cli(*arguments)
        self.assertEqual(table.returncode, 0, table.stderr)
        self.assertIn("MEDIAN LATENCY (ms)", table.stdout)
        as_json = cli("--json", *arguments, "--frontier-metric", "f1")
        self.assertEqual(json.loads(as_json.stdout)["frontierMetric"], "f1")

    def test_comparison_that_is_refused(self):
        unknown = cli("eval", "compare", "-p", PROJECT, "-v", "99")
        self.assertEqual(unknown.returncode, 3)
        other_key = cli("eval", "compare", "-p", PROJECT, "-v", "6", key="rf_somebody_else_0000000")
        self.assertEqual(other_key.returncode, 2)
        other_metric = cli("eval", "compare", "-p", PROJECT, "-v", "6", "--frontier-metric", "beauty")
        self.assertNotEqual(other_metric.returncode, 0)

    def test_trainings_of_a_version(self):
        listed = cli("--json", "train", "list", f"{PROJECT}/6")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        self.assertTrue(json.loads(listed.stdout))
        results = cli("--json", "train", "results", f"{PROJECT}/6")
        self.assertEqual(results.returncode, 0, results.stderr)
        self.assertEqual(json.loads(results.stdout)["status"], "finished")

    def test_start_with_a_type_that_is_not_there(self):
        refused = cli("train", "start", "-p", PROJECT, "-v", str(VERSION), "--type", "rfdetr-gigantic")
        self.assertNotEqual(refused.returncode, 0)

    def test_evaluations(self):
        listed = cli("--json", "eval", "list", "-p", PROJECT)
        self.assertEqual(listed.returncode, 0, listed.stderr)
        self.assertTrue(json.loads(listed.stdout))


if __name__ == "__main__":
    unittest.main()
