import type { Json, JsonObject } from '../../shared/open-api/refer.ts';
import { customerRequestSchema } from '../../shared/schema/customer-request.ts';

const call = "'Onboard_the_customer'";
const list = { dataset: 'https://contoso.sharepoint.com/sites/customers', table: 'Customers' };
const left = ['enableGDAPByDefault', 'associatedPartnerId'];

/** The columns of the list, by the field that each one fills: the field's name with a capital letter. */
export const columns: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(customerRequestSchema.properties)
    .filter((field) => !left.includes(field))
    .map((field) => [field, field === 'companyName' ? 'Title' : field.charAt(0).toUpperCase() + field.slice(1)]),
);

/** A flow: a new row of a list is onboarded, and what came of it is written back to the row. */
export function buildFlow(): JsonObject {
  const parsed = `json(if(startsWith(string(body(${call})), '{'), string(body(${call})), '{}'))`;
  const status = `string(coalesce(outputs(${call})?['statusCode'], 'no answer'))`;
  const code = `coalesce(${parsed}?['code'], concat('HTTP ', ${status}))`;
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
            Object.entries(columns).map(([field, column]) => [field, `@{triggerOutputs()?['body/${column}']}`]),
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
      Write_the_result: {
        ...writeBack({
          OnboardingStatus: `@{body(${call})?['status']}`,
          OnboardingMessage: `@{concat('Administrator: ', body(${call})?['adminUserName'])}`,
          CustomerId: `@{body(${call})?['customerId']}`,
          PasswordSecretId: `@{body(${call})?['passwordSecretId']}`,
        }),
        runAfter: { Onboard_the_customer: ['Succeeded'] },
      },
      Write_the_error: {
        ...writeBack({
          OnboardingStatus: `@{${code}}`,
          OnboardingMessage: `@{coalesce(${parsed}?['message'], 'The service gave no answer that says why. Look at the run.')}`,
          CustomerId: `@{${parsed}?['customerId']}`,
        }),
        // Skipped: when the key could not be read.
        runAfter: { Onboard_the_customer: ['Failed', 'TimedOut', 'Skipped'] },
      },
      End_as_failed: {
        type: 'Terminate',
        inputs: { runStatus: 'Failed', runError: { code: `@{${code}}` } },
        runAfter: { Write_the_error: ['Succeeded'] },
      },
    },
  };
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
