const words = (text: string): readonly string[] => text.split(' ');
const lines = (text: string): readonly string[] => text.split('|');

/** The states that the country rules list: two letters in most countries, full names in AU, CN and MX. */
export const countryStates: Readonly<Record<string, readonly string[]>> = {
  US: words(
    'AA AE AK AL AP AR AS AZ CA CO CT DC DE FL FM GA GU HI IA ID IL IN KS KY LA MA MD ME MH MI MN MO MP MS MT NC ND ' +
      'NE NH NJ NM NV NY OH OK OR PA PR PW RI SC SD TN TX UT VA VI VT WA WI WV WY',
  ),
  CA: words('AB BC MB NB NL NS NT NU ON PE QC SK YT'),
  BR: words('AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO'),
  AU: lines(
    'Australian Capital Territory|New South Wales|Northern Territory|Queensland|South Australia|Tasmania|Victoria|' +
      'Western Australia',
  ),
  CN: lines(
    'Anhui|Beijing|Chongqing|Fujian|Gansu|Guangdong|Guangxi|Guizhou|Hainan|Hebei|Heilongjiang|Henan|Hubei|Hunan|' +
      'Inner Mongolia|Jiangsu|Jiangxi|Jilin|Liaoning|Ningxia|Qinghai|Shaanxi|Shandong|Shanghai|Shanxi|Sichuan|' +
      'Tianjin|Tibet|Xinjiang|Yunnan|Zhejiang',
  ),
  MX: lines(
    'Aguascalientes|Baja California|Baja California Sur|Campeche|Chiapas|Chihuahua|Ciudad de México|Coahuila|Colima|' +
      'Durango|Estado de México|Guanajuato|Guerrero|Hidalgo|Jalisco|Michoacán|Morelos|Nayarit|Nuevo León|Oaxaca|' +
      'Puebla|Querétaro|Quintana Roo|San Luis Potosí|Sinaloa|Sonora|Tabasco|Tamaulipas|Tlaxcala|Veracruz|Yucatán|' +
      'Zacatecas',
  ),
};
