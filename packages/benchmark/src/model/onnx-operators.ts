/** Operator sets that the pinned engine runs, by domain: [lowest, highest]. */
export const OPSETS: Readonly<Record<string, readonly [number, number]>> = {
  '': [9, 23],
  'ai.onnx.ml': [1, 4],
}

const STANDARD = `Abs Acos Add And ArgMax ArgMin Asin Atan AveragePool BatchNormalization Cast Ceil Celu Clip Concat
Constant ConstantOfShape Conv Cos CumSum Div Dropout Elu Equal Erf Exp Expand Flatten Floor GRU Gather GatherElements
GatherND Gelu Gemm GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual HardSigmoid HardSwish Identity
InstanceNormalization LSTM LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax MatMul Max MaxPool Mean Min Mish
Mod Mul Neg Not OneHot Or PRelu Pad Pow RNN Range Reciprocal ReduceL1 ReduceL2 ReduceLogSumExp ReduceMax ReduceMean
ReduceMin ReduceProd ReduceSum ReduceSumSquare Relu Reshape Round Selu Shape Sigmoid Sign Sin Size Slice Softmax Softplus
Softsign Split Sqrt Squeeze Sub Sum Tan Tanh ThresholdedRelu Tile TopK Transpose Trilu Unsqueeze Where Xor`

const LEARNED = `ArrayFeatureExtractor Binarizer FeatureVectorizer Imputer LinearClassifier LinearRegressor Normalizer
SVMClassifier SVMRegressor Scaler TreeEnsembleClassifier TreeEnsembleRegressor`

/** Operators that a submitted graph may use, by domain: no randomness, no loops, no text, no maps. */
export const OPERATORS: Readonly<Record<string, ReadonlySet<string>>> = {
  '': new Set(STANDARD.split(/\s+/)),
  'ai.onnx.ml': new Set(LEARNED.split(/\s+/)),
}
