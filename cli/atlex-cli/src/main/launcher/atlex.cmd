@echo off
rem Runs atlex.jar, which must be in the same folder as this script: atlex COMMAND ...
rem Uses java from %JAVA_HOME%, else from the PATH. It must be version 17 or later. %ATLEX_JAVA_OPTS% adds JVM options.
rem The build runs on Linux, so no test runs this file: it is kept plain.
setlocal
set "ATLEX_JAVA=java"
if defined JAVA_HOME set "ATLEX_JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%ATLEX_JAVA%" (
  echo error: NoJava: no bin\java.exe in JAVA_HOME; set it to the home of a JDK 17 or later 1>&2
  exit /b 2
)
if not defined JAVA_HOME where /q java
if errorlevel 1 (
  echo error: NoJava: no java on the PATH and JAVA_HOME is not set; install Java 17 or later 1>&2
  exit /b 2
)
"%ATLEX_JAVA%" -Xlog:disable -Xlog:all=warning:stderr -XX:-UsePerfData %ATLEX_JAVA_OPTS% -jar "%~dp0atlex.jar" %*
exit /b %ERRORLEVEL%
