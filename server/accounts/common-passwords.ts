/**
 * Passwords that every list of guesses begins with, in small letters and only those that are long enough to be accepted otherwise.
 * A trailing number does not save them: `passwordProblem` looks without it too.
 */
const list = `
1234567890 0123456789 12345678910 123456789a 1234567891 1111111111 0000000000 1122334455 1234512345 1029384756 0987654321 9876543210
1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop qwerty1234 qwerty12345 qwerty123456 qwertyqwerty
qwertyuiop123 qwertzuiop azertyuiop asdfghjkl asdfghjkl1 asdfghjkl123 asdfasdfasdf zxcvbnm123 zxcvbnmzxcvbnm 1234qwerasdf qweasdzxc123
abcdefghij abcdefghijk abcd123456 abc123456789 abcdef123456 a123456789 a1234567890 aa12345678 aa123456789 password password1 password12
password123 password1234 password12345 passw0rd passw0rd123 p@ssw0rd p@ssw0rd123 p@ssword123 pa55word123 passwordpassword mypassword
mypassword1 mypassword123 thepassword newpassword newpassword1 oldpassword changeme changeme123 changemenow letmein letmein123
letmeinnow letmeinplease welcome welcome1 welcome123 welcome1234 welcome2024 welcome2025 welcome2026 iloveyou iloveyou1 iloveyou123
iloveyou12 iloveyou2 iloveyouso iloveyouforever ilovejesus ilovemyself ihateyou123 trustno1 trustnoone administrator administrator1
admin12345 admin123456 adminadmin adminadmin1 administrateur rootroot rootroot123 superman123 superuser123 supersecret superadmin
superadmin1 superadmin123 secret123456 topsecret123 secretpassword default123 defaultpassword football football1 football123 baseball
baseball1 baseball123 basketball basketball1 volleyball manchester manchester1 liverpool1 liverpoolfc barcelona1 realmadrid arsenal123
chelsea123 juventus123 christmas christmas1 halloween1 valentine1 sunshine sunshine1 sunshine123 princess princess1 princess123
princessa1 butterfly butterfly1 strawberry strawberry1 watermelon chocolate chocolate1 cheesecake peanutbutter starwars starwars1
starwars123 pokemon123 charizard1 minecraft1 minecraft123 fortnite123 spiderman1 spiderman123 batman1234 superman1 superman12
samsung123 samsunggalaxy motorola123 computer computer1 computer123 internet internet1 internet123 microsoft1 microsoft123 windows123
windows2000 google1234 facebook123 instagram1 instagram123 whatsapp123 jordan2323 michael123 jennifer1 jennifer123 elizabeth1
elizabeth123 christopher alexander1 alexander123 alexandra1 alejandro1 francisco1 nicholas123 jonathan123 benjamin123 victoria1
victoria123 charlotte1 stephanie1 gabriella1 samantha123 sebastian1 valentina1 qazwsxedc qazwsxedc1 qazwsxedcrfv zaq12wsxcde zaq1zaq1zaq1
1a2b3c4d5e a1b2c3d4e5 a1b2c3d4e5f6 abc123abc123 123abc123abc 123qweasdzxc 123123123123 123321123321 1233211234567 147258369a 1472583690
147852369a 1597534682 789456123a 7894561230 999999999999 8888888888 7777777777 6666666666 5555555555 4444444444 3333333333 2222222222
9999999999 1212121212 1313131313 0102030405 0102030405 1020304050 1230984567 2580258025 3141592653 31415926535 whatever whatever1
whatever123 something something1 somethingelse nothing123 blink182blink matrix1234 monkey1234 dragonball dragonball1 dragonballz
dragon1234 shadow1234 master1234 hunter1234 killer1234 freedom123 forever123 goodluck123 happiness1 hellohello hello12345 hello123456
helloworld helloworld1 helloworld123 testtest12 testtest123 testtesttest test123456 test1234567 testing123 testing1234 tester1234
temporary1 temppassword temp123456 guest12345 guestguest user123456 useruser12 username12 username123 login12345 loginlogin signin1234
access1234 accessdenied company123 business123 business1 office12345 customer123 service123 operator operator1 operator123 operator1234
switchboard switchboard1 switchboard123 switchboard1234 livechat livechat123 livechat1234 support support123 support1234 helpdesk123
sawasdee sawasdee123 thailand thailand1 thailand123 bangkok123 konnichiwa konnichiwa1 arigatou123 tokyo12345 japan12345 sakura1234
doraemon123 nihongo123 correcthorsebatterystaple thisisapassword thisismypassword mysecretpassword nopassword123 noneofyourbusiness
`;

export const commonPasswords: ReadonlySet<string> = new Set(list.split(/\s+/).filter(Boolean));
