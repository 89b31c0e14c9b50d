import { app } from '@azure/functions';
import { finishWork, prepareServices } from '../shared/http/app.ts';
import { filterAzureSdkLog } from '../shared/log/azure-sdk-log.ts';
import './get-onboarding.ts';
import './health.ts';
import './list-onboardings.ts';
import './onboard-customer.ts';
import './open-api.ts';
import './renew-refresh-token.ts';
import './test-connection.ts';
import './validate-customer.ts';

filterAzureSdkLog();
app.hook.appStart(prepareServices);
app.hook.appTerminate(finishWork);
