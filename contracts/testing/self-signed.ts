/** A key and a certificate for localhost that nobody vouches for. The key protects nothing. */
export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgte1q4aOd1FL7gFUh
qliM8zVarhcsh5oRkTmtBABuyyuhRANCAATmuBTbO6qxrc0geNHjHMuAOXqv3Qf7
r+LMK5tnm3FPxCoNOog7PEN1Nz2zL8ZageeNaj9vX/Iq4PugiwqFsaG2
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUDNI0qCIM+83sGtmrE6ooiU7XDGcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTEwMjMzNloYDzIxMjYxMTAx
MTAyMzM2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATmuBTbO6qxrc0geNHjHMuAOXqv3Qf7r+LMK5tnm3FPxCoNOog7PEN1
Nz2zL8ZageeNaj9vX/Iq4PugiwqFsaG2o1MwUTAdBgNVHQ4EFgQUkg/M8oTkaUsm
kDHEcNQ/zpnD5mwwHwYDVR0jBBgwFoAUkg/M8oTkaUsmkDHEcNQ/zpnD5mwwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBWHoLueCox0JZI4EN1BQ8l
UOLvvDvq4NRaePQ9HuAcbAIhALopf3Kp0W2vKzdCc+Cou6VYRpPQpCd8fHOxjlDj
H0+J
-----END CERTIFICATE-----`,
};
