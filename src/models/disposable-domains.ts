/** Where addresses are thrown away after a few minutes; whatever stands below one of these domains counts too. */
export const DISPOSABLE_DOMAINS: ReadonlySet<string> = new Set(
  `10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net burnermail.io bugmenot.com byom.de
  crazymailing.com deadaddress.com discard.email discardmail.com dispostable.com dropmail.me emailfake.com emailondeck.com
  fakeinbox.com fakemail.net fakemailgenerator.com filzmail.com getairmail.com getnada.com grr.la guerrillamail.biz
  guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com
  harakirimail.com inboxbear.com inboxkitten.com incognitomail.com jetable.org kasmail.com mail-temp.com mailcatch.com
  maildrop.cc mailexpire.com mailinator.com mailinator.net mailnesia.com mailnull.com mailpoof.com mailsac.com
  mailtemp.info mintemail.com moakt.com mohmal.com my10minutemail.com mytemp.email mytrashmail.com nada.email
  pokemail.net sharklasers.com shitmail.me smailpro.com sneakemail.com spam4.me spambog.com spambox.us spamex.com
  spamgourmet.com spamobox.com temp-mail.io temp-mail.org temp-mail.ru tempail.com tempinbox.com tempmail.com
  tempmail.de tempmail.dev tempmail.ninja tempmail.plus tempmailaddress.com tempmailo.com tempr.email throwawaymail.com
  tmail.ws tmpmail.net tmpmail.org trash-mail.com trash-mail.de trashmail.com trashmail.de trashmail.net trbvm.com
  wegwerfmail.de wegwerfmail.net yopmail.com yopmail.fr yopmail.net`.split(/\s+/),
);
