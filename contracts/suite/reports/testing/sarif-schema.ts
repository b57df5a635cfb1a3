const message = { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 1 } } };

/** What SARIF 2.1.0 requires of what we write, and GitHub beyond that. */
export const sarifSchema = {
  type: "object",
  required: ["version", "runs"],
  additionalProperties: false,
  properties: {
    $schema: { type: "string", format: "uri" },
    version: { const: "2.1.0" },
    runs: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["tool", "results"],
        additionalProperties: false,
        properties: {
          tool: {
            type: "object",
            required: ["driver"],
            additionalProperties: false,
            properties: {
              driver: {
                type: "object",
                required: ["name", "rules"],
                additionalProperties: false,
                properties: {
                  name: { type: "string" },
                  rules: { type: "array", uniqueItems: true, items: { $ref: "#/$defs/rule" } },
                },
              },
            },
          },
          automationDetails: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          invocations: {
            type: "array",
            items: {
              type: "object",
              required: ["executionSuccessful"],
              additionalProperties: false,
              properties: {
                executionSuccessful: { type: "boolean" },
                exitCode: { type: "integer" },
                startTimeUtc: { type: "string", format: "date-time" },
              },
            },
          },
          results: { type: "array", items: { $ref: "#/$defs/result" } },
        },
      },
    },
  },
  $defs: {
    rule: {
      type: "object",
      required: ["id", "shortDescription", "fullDescription", "help"],
      additionalProperties: false,
      properties: {
        id: { type: "string", maxLength: 255 },
        name: { type: "string", maxLength: 255 },
        shortDescription: message,
        fullDescription: { ...message, properties: { text: { type: "string", maxLength: 1024 } } },
        help: { ...message, required: ["text", "markdown"] },
        defaultConfiguration: { type: "object", properties: { level: { enum: ["none", "note", "warning", "error"] } } },
        properties: {
          type: "object",
          properties: { tags: { type: "array", items: { type: "string" }, uniqueItems: true, maxItems: 20 } },
        },
      },
    },
    result: {
      type: "object",
      required: ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
      additionalProperties: false,
      properties: {
        ruleId: { type: "string" },
        ruleIndex: { type: "integer", minimum: 0 },
        level: { enum: ["none", "note", "warning", "error"] },
        message,
        locations: {
          type: "array",
          minItems: 1,
          maxItems: 1,
          items: {
            type: "object",
            required: ["physicalLocation"],
            additionalProperties: false,
            properties: {
              physicalLocation: {
                type: "object",
                required: ["artifactLocation", "region"],
                additionalProperties: false,
                properties: {
                  artifactLocation: {
                    type: "object",
                    required: ["uri"],
                    properties: { uri: { type: "string", pattern: "^[\\w-]+(/[\\w.-]+)*$" } },
                  },
                  region: {
                    type: "object",
                    required: ["startLine"],
                    properties: { startLine: { type: "integer", minimum: 1 } },
                  },
                },
              },
              logicalLocations: {
                type: "array",
                items: { type: "object", properties: { fullyQualifiedName: { type: "string" }, kind: { type: "string" } } },
              },
            },
          },
        },
        partialFingerprints: { type: "object", minProperties: 1, additionalProperties: { type: "string" } },
        suppressions: {
          type: "array",
          items: {
            type: "object",
            required: ["kind"],
            additionalProperties: false,
            properties: {
              kind: { enum: ["inSource", "external"] },
              status: { enum: ["accepted", "underReview", "rejected"] },
              justification: { type: "string" },
            },
          },
        },
      },
    },
  },
};
