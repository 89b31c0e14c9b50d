import type { Json, JsonObject } from '../../shared/open-api/refer.ts';
import { customerRequestSchema } from '../../shared/schema/customer-request.ts';
import { describeError } from './flow-error.ts';

const call = "'Onboard_the_customer'";
const answer = "'Read_the_answer'";
const failure = "'Read_the_error'";
const list = { dataset: 'https://contoso.sharepoint.com/sites/customers', table: 'Customers' };
const left = ['enableGDAPByDefault', 'associatedPartnerId'];

const string = { type: 'string' };
/** The part of a success that the flow uses. */
const answerSchema = {
  type: 'object',
  required: ['status', 'customerId', 'adminUserName', 'passwordSecretId'],
  properties: { status: string, customerId: string, adminUserName: string, passwordSecretId: string },
};

/** The columns of the list (text, but for the yes/no column `AddressConfirmed`), by the field that each one fills: the field's name with a capital letter. */
export const columns: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(customerRequestSchema.properties)
    .filter((field) => !left.includes(field))
    .map((field) => [field, field === 'companyName' ? 'Title' : field.charAt(0).toUpperCase() + field.slice(1)]),
);

/** A flow that onboards each new row of a list and writes the outcome back to the row. */
export function buildFlow(): JsonObject {
  const { body, code, message } = describeError(call, failure);
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: {
      $connections: { defaultValue: {}, type: 'Object' },
      $authentication: { defaultValue: {}, type: 'SecureObject' },
    },
    triggers: {
      When_a_row_is_added: {
        ...connector('shared_sharepointonline', 'GetOnNewItems', list),
        recurrence: { frequency: 'Minute', interval: 1 },
        splitOn: "@triggerOutputs()?['body/value']",
      },
    },
    actions: {
      Note_that_it_runs: { ...writeBack({ OnboardingStatus: 'InProgress' }), runAfter: {} },
      Read_the_function_key: {
        ...connector('shared_keyvault', 'GetSecret', { secretName: 'csp-onboarding-function-key' }),
        runAfter: { Note_that_it_runs: ['Succeeded'] },
        runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } },
      },
      Onboard_the_customer: {
        type: 'Http',
        inputs: {
          method: 'POST',
          uri: 'https://contoso-onboarding.azurewebsites.net/api/v1/customers',
          headers: {
            'Content-Type': 'application/json',
            'x-functions-key': "@{outputs('Read_the_function_key')?['body/value']}",
          },
          body: Object.fromEntries(
            Object.entries(columns).map(([field, column]) => [field, readColumn(field, column)]),
          ),
          retryPolicy: {
            type: 'exponential',
            count: 8,
            interval: 'PT20S',
            minimumInterval: 'PT10S',
            maximumInterval: 'PT10M',
          },
        },
        operationOptions: 'DisableAsyncPattern',
        runAfter: { Read_the_function_key: ['Succeeded'] },
        runtimeConfiguration: { secureData: { properties: ['inputs'] } },
      },
      // Fails if a platform responded with 2xx but without the customer.
      Read_the_answer: {
        type: 'ParseJson',
        inputs: { content: `@body(${call})`, schema: answerSchema },
        runAfter: { Onboard_the_customer: ['Succeeded'] },
      },
      Write_the_result: {
        ...writeBack({
          OnboardingStatus: `@{body(${answer})?['status']}`,
          OnboardingMessage: `@{concat('Administrator: ', body(${answer})?['adminUserName'])}`,
          CustomerId: `@{body(${answer})?['customerId']}`,
          PasswordSecretId: `@{body(${answer})?['passwordSecretId']}`,
        }),
        runAfter: { Read_the_answer: ['Succeeded'] },
      },
      Read_the_error: {
        type: 'Compose',
        inputs: body,
        // Skipped if the call failed or the key could not be read.
        runAfter: { Read_the_answer: ['Failed', 'TimedOut', 'Skipped'] },
      },
      Write_the_error: {
        ...writeBack({
          OnboardingStatus: code,
          OnboardingMessage: message,
          CustomerId: `@{outputs(${failure})?['customerId']}`,
        }),
        runAfter: { Read_the_error: ['Succeeded'] },
      },
      End_as_failed: {
        type: 'Terminate',
        inputs: { runStatus: 'Failed', runError: { code, message } },
        runAfter: { Write_the_error: ['Succeeded'] },
      },
    },
  };
}

/** The value of a column. An empty one arrives as "" from a text column and as null from a yes/no column; the service treats both as omitted. */
function readColumn(field: string, column: string): string {
  const value = `triggerOutputs()?['body/${column}']`;
  return field === 'addressConfirmed' ? `@${value}` : `@{${value}}`;
}

function writeBack(values: Readonly<Record<string, string>>): JsonObject {
  const item = Object.entries({ Title: "@triggerOutputs()?['body/Title']", ...values });
  const parameters = {
    ...list,
    id: "@triggerOutputs()?['body/ID']",
    ...Object.fromEntries(item.map(([name, value]) => [`item/${name}`, value])),
  };
  return connector('shared_sharepointonline', 'PatchItem', parameters);
}

function connector(
  connectionName: string,
  operationId: string,
  parameters: Readonly<Record<string, Json>>,
): JsonObject {
  const host = { connectionName, operationId, apiId: `/providers/Microsoft.PowerApps/apis/${connectionName}` };
  return { type: 'OpenApiConnection', inputs: { host, parameters, authentication: "@parameters('$authentication')" } };
}
