// explanation
