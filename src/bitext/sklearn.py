"""bitext's steps as scikit-learn transformers and classifiers."""

from bitext.features.stance.classifier import StanceClassifier, cross_validated, scores
from bitext.features.stance.vectorizer import StanceVectorizer

__all__ = ["StanceClassifier", "StanceVectorizer", "cross_validated", "scores"]
